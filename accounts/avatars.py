"""Avatars: initials (no avatar), one of the portraits that come with the site, a drawn one, or an uploaded picture.

A drawn portrait (portraits.py) is told from its seed, random letters in its URL, and stored nowhere.

An uploaded picture is a file in the instance folder under a random name, which is part of its URL. The name changes
with every upload and whenever the user becomes less visible, and the old one is gone. `GET /avatars/<name>` serves it
to its owner, and to other signed-in users while the owner is visible to everyone. For all others it is a 404.
"""

import os
import re
import secrets
import time
from hashlib import sha256
from itertools import count
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_file
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from web.db import db

from . import image_upload, image_worker
from .models import User
from .portraits import background, draw

blueprint = Blueprint("avatars", __name__)

INITIALS, OWN = "initials", "own"
DRAWN = re.compile(r"drawn-([0-9a-f]{8})")
DRAWN_URL = re.compile(r"/avatars/drawn/([0-9a-f]{8})\.svg")
DRAWN_CHOICES = 6
DRAWN_MAX_AGE_SECONDS = 24 * 3600
OWN_URL = re.compile(r"/avatars/([A-Za-z0-9_-]{22}\.webp)")

UNDER_WAY_SECONDS = 3600


def init_app(app: Flask) -> None:
    folder(app).mkdir(mode=0o700, exist_ok=True)
    app.register_blueprint(blueprint)


def folder(app: Flask) -> Path:
    return Path(app.config["INSTANCE_DIR"]) / "avatars"


def portraits() -> dict[str, str]:
    """{name: URL} of the portraits that come with the site."""
    files = sorted((Path(current_app.static_folder or "") / "avatars").glob("*.svg"))
    return {file.stem: f"/static/avatars/{file.name}" for file in files}


def drawn_portraits(seed: str) -> dict[str, str]:
    """{name: URL} of the drawn portraits to choose from, each in its own colour; the same ones for the same seed."""
    by_colour: dict[str, str] = {}
    for number in count():
        one = sha256(f"{seed} {number}".encode()).hexdigest()[:8]
        by_colour.setdefault(background(one), one)
        if len(by_colour) == DRAWN_CHOICES:
            break
    return {f"drawn-{one}": f"/avatars/drawn/{one}.svg" for one in by_colour.values()}


def portraits_for(user: User) -> dict[str, str]:
    """{name: URL} of all portraits that a user may choose from, with the drawn one that they have."""
    found = DRAWN_URL.fullmatch(user.avatar)
    return drawn_portraits(user.alias) | ({f"drawn-{found[1]}": user.avatar} if found else {}) | portraits()


def choice(user: User) -> str:
    """The kind of avatar that a user has: `initials`, `own`, or the name of a portrait."""
    if OWN_URL.fullmatch(user.avatar):
        return OWN
    if found := DRAWN_URL.fullmatch(user.avatar):
        return f"drawn-{found[1]}"
    return {url: name for name, url in portraits().items()}.get(user.avatar, INITIALS)


def url_of(name: str | None, user: User) -> str:
    """The avatar after the user chose `name`, or None for no choice. Raises ValueError with a sentence."""
    if name is None or (name == OWN and choice(user) == OWN):
        return user.avatar
    return url_of_portrait(name)


def url_of_portrait(name: str) -> str:
    """The avatar that a name stands for. Raises ValueError with a sentence."""
    if name in ("", INITIALS):
        return ""
    if found := DRAWN.fullmatch(name):
        return f"/avatars/drawn/{found[1]}.svg"
    if name not in portraits():
        raise ValueError("Choose a portrait, your initials or a picture of your own.")
    return portraits()[name]


def decode(upload: FileStorage) -> bytes:
    """The uploaded picture as it will be stored. Takes seconds at worst. Raises ValueError with a sentence."""
    data = upload.read(image_upload.LARGEST_FILE + 1)
    # So that no transaction waits for it.
    db.session.rollback()
    return image_worker.square(data)


def store(picture: bytes) -> str:
    """Write a decoded picture; returns its URL. Raises ValueError with a sentence when there is no room for it."""
    name = new_name()
    file = folder(current_app) / name
    draft = file.with_suffix(".part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(picture)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        current_app.logger.error("A picture cannot be stored in %s: %s", file.parent, error.strerror)
        raise ValueError("The site has no room for your picture right now. Please try again later.") from None
    return f"/avatars/{name}"


def new_name() -> str:
    return secrets.token_urlsafe(16) + ".webp"


def rename_file(url: str) -> str:
    """Move the picture to a new, unknown name; returns its URL, or "" for one that cannot be moved.

    Renamed rather than copied or linked: that needs no room and no particular file system.
    """
    if (file := file_of(url)) is None:
        return url
    name = new_name()
    try:
        file.rename(file.with_name(name))
    except OSError as error:
        current_app.logger.error("The picture %s cannot be renamed: %s", file, error.strerror)
        return ""
    return f"/avatars/{name}"


def rename_back(url: str, before: str) -> None:
    """Undo `rename_file`: the change that needed it was not stored."""
    if url != before and (file := file_of(url)):
        file.rename(file.with_name(before.rpartition("/")[2]))


def discard(url: str) -> None:
    """Delete the file of a picture; no error for an avatar that has none."""
    if file := file_of(url):
        file.unlink(missing_ok=True)


def sweep(app: Flask) -> None:
    """Delete the files that belong to no user, but for those of requests under way; make the others private."""
    owned = {url.rpartition("/")[2] for url in db.session.scalars(db.select(User.avatar)) if OWN_URL.fullmatch(url)}
    for file in folder(app).iterdir():
        if file.name in owned:
            file.chmod(0o600)
        elif file.is_file() and file.stat().st_mtime < time.time() - UNDER_WAY_SECONDS:
            file.unlink(missing_ok=True)


def file_of(url: str) -> Path | None:
    found = OWN_URL.fullmatch(url)
    file = folder(current_app) / found[1] if found else None
    return file if file and file.exists() else None


@blueprint.get("/avatars/drawn/<seed>.svg")
def drawn(seed: str) -> Response:
    """A drawn portrait. Anyone may see any of them: it tells nothing of who has chosen it, or that anyone has."""
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
    # Not the file's own time, which would tell when its owner was here, visible or not.
    response = send_file(file, mimetype="image/webp", conditional=True, max_age=0, etag=name, last_modified=0)
    # Revalidated each time, so it is gone for browsers that have seen it as well.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def may_see(owner: User | None) -> bool:
    """Whether this request may see the picture of `owner`: the privacy rule of presence, for a file."""
    if owner is None or not current_user.is_authenticated:
        return False
    return owner.id == current_user.id or owner.visibility == "everyone"
