"""Reactions without a socket: one form per lesson, whose buttons say what they set."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from live.lessons import lesson_or_404
from live.refused import Refused
from live.views import saving

from .service import Reactions


def make_blueprint(reactions: Reactions) -> Blueprint:
    blueprint = Blueprint("reactions", __name__)

    @blueprint.post("/courses/<course>/<section>/<lesson>/reactions")
    def react(course: str, section: str, lesson: str) -> ResponseReturnValue:
        """`at`, `kind` and `on` (1 or 0); or all three in `react`, as a button can send only one field."""
        found = lesson_or_404(course, section, lesson)
        at, kind, on = _wanted()
        return saving(found, at, "Sign in to react.", lambda by: reactions.react(by, found, at, kind, _switch(on)))

    return blueprint


def _wanted() -> tuple[str, str, str]:
    kind, _, rest = request.form.get("react", "").partition(" ")
    on, _, at = rest.partition(" ")
    form = request.form
    return form.get("at", at), form.get("kind", kind), form.get("on", on)


def _switch(on: str) -> bool:
    if on not in ("1", "0", "true", "false"):
        raise Refused("A reaction is set on (1) or off (0).", 422)
    return on in ("1", "true")
