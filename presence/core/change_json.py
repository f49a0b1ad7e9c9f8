"""Changes as text, for a log outside of the process. Pure.

    {"kind": "enter", "connection": "5f0c/ab", "user": {…}, "place": "web/rooms/join", "since": 1000.0, "status": null}

While the site is being restarted, processes of two versions read one log. So what is not known is passed over, and
what is missing has its default.
"""

import json
from dataclasses import fields

from .changes import (
    Activity,
    Admit,
    Change,
    Company,
    Enter,
    Joined,
    Leave,
    NodeDown,
    Profile,
    Put,
    SignOut,
    Stale,
)
from .people import User

_KINDS: dict[str, type] = {
    "enter": Enter,
    "leave": Leave,
    "activity": Activity,
    "company": Company,
    "profile": Profile,
    "sign_out": SignOut,
    "node_down": NodeDown,
    "joined": Joined,
    "put": Put,
    "stale": Stale,
    "admit": Admit,
}
_KIND_OF = {type_: kind for kind, type_ in _KINDS.items()}
_FIELDS = {type_: tuple(field.name for field in fields(type_)) for type_ in (User, *_KINDS.values())}


def encode(change: Change) -> str:
    """A change as one line of text."""
    values = {"kind": _KIND_OF[type(change)], **_values(change)}
    if isinstance(change, Enter | Profile):
        values["user"] = _values(change.user)
    return json.dumps(values, separators=(",", ":"))


def decode(text: str) -> Change | None:
    """The change that a text tells of, None for one that only a newer version understands."""
    values = json.loads(text)
    kind = _KINDS.get(values["kind"])
    if kind is None:
        return None
    if "user" in values:
        values["user"] = _known(User, values["user"])
    if values.get("rooms") is not None:
        values["rooms"] = tuple(values["rooms"])
    return _known(kind, values)


def _values(record) -> dict:
    return {name: getattr(record, name) for name in _FIELDS[type(record)]}


def _known(kind: type, values: dict):
    return kind(**{name: values[name] for name in _FIELDS[kind] if name in values})
