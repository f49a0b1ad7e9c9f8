"""Avatars over HTTP: uploaded pictures and drawn portraits.

`GET /avatars/<name>` serves an uploaded picture to its owner, and to other signed-in users while the owner is visible
to everyone. For all others it is a 404.
"""

from flask import Blueprint, Response, abort, request, send_file
from flask_login import current_user

from web.db import db

from .avatar_files import file_of
from .avatars import DRAWN
from .models import User
from .portraits import draw

blueprint = Blueprint("avatars", __name__)

DRAWN_MAX_AGE_SECONDS = 24 * 3600


@blueprint.get("/avatars/drawn/<seed>.svg")
def drawn(seed: str) -> Response:
    """A drawn portrait. Anyone may see any of them: it does not reveal who chose it, or that anyone did."""
    if not DRAWN.fullmatch(f"drawn-{seed}"):
        abort(404)
    response = Response(draw(seed), mimetype="image/svg+xml")
    response.cache_control.public, response.cache_control.max_age = True, DRAWN_MAX_AGE_SECONDS
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/avatars/<name>")
def picture(name: str) -> Response:
    url = f"/avatars/{name}"
    owner = db.session.scalar(db.select(User).where(User.avatar == url))
    file = file_of(url)
    if file is None or not may_see(owner):
        abort(404)
    # Not the file's own time, which would reveal when its owner was here, visible or not.
    response = send_file(file, mimetype="image/webp", conditional=True, max_age=0, etag=name, last_modified=0)
    # Revalidated each time, so it is gone for browsers that have seen it as well.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def may_see(owner: User | None) -> bool:
    """Return whether this request may see the picture of `owner`: the privacy rule of presence, for a file."""
    if owner is None or not current_user.is_authenticated:
        return False
    return owner.id == current_user.id or owner.visibility == "everyone"
