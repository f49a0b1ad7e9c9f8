"""What the site knows of a user, for the user: `GET /account/data`, a JSON file."""

import base64
import json

from flask import Blueprint, Response, current_app
from flask_login import current_user, login_required

from . import avatars, sessions
from .signals import data_asked

blueprint = Blueprint("data", __name__)


@blueprint.get("/account/data")
@login_required
def data():
    user = current_user._get_current_object()
    parts = {"account": about(user), "sessions": [{"signed_in": one.since.isoformat()} for one in sessions.of(user)]}
    for _receiver, part in data_asked.send(current_app._get_current_object(), user=user):
        parts |= part
    body = json.dumps(parts, indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="studyhall.json"'}
    return Response(body, mimetype="application/json", headers=headers)


def about(user) -> dict:
    """The account. Of the password not even the hash, which is of use only to those who guess."""
    return {
        "username": user.username,
        "name": user.name,
        "role": user.role,
        "visibility": user.visibility,
        "avatar": user.avatar,
        "flag": user.flag,
        "picture": picture(user),
        "created_at": user.created_at.isoformat(),
    }


def picture(user) -> str | None:
    file = avatars.file_of(user.avatar)
    return "data:image/webp;base64," + base64.b64encode(file.read_bytes()).decode() if file else None
