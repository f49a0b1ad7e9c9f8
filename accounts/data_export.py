"""The data download: `GET /account/data`, everything the site stores about a user, as JSON."""

import base64
import json

from flask import Blueprint, Response
from flask_login import current_user, login_required

from . import avatar_files
from .live_sessions import live_sessions
from .models import User
from .signals import data_asked, sender

blueprint = Blueprint("data", __name__)


@blueprint.get("/account/data")
@login_required
def data() -> Response:
    user = current_user._get_current_object()
    signed_in = [{"signed_in": one.since.isoformat()} for one in live_sessions(user)]
    parts = {"account": account_of(user), "sessions": signed_in}
    for _receiver, part in data_asked.send(sender(), user=user):
        parts |= part
    body = json.dumps(parts, indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="studyhall.json"'}
    return Response(body, mimetype="application/json", headers=headers)


def account_of(user: User) -> dict[str, str | None]:
    """The account without its password hash, which would only help someone who guesses passwords."""
    return {
        "username": user.username,
        "name": user.name,
        "flag": user.flag,
        "role": user.role,
        "visibility": user.visibility,
        "avatar": user.avatar,
        "picture": picture_of(user),
        "created_at": user.created_at.isoformat(),
    }


def picture_of(user: User) -> str | None:
    """The uploaded picture as a data URL; None when there is none."""
    file = avatar_files.file_of(user.avatar)
    return "data:image/webp;base64," + base64.b64encode(file.read_bytes()).decode() if file else None
