"""Changes as JSON, for a log outside of the process. Pure.

    {"kind": "enter", "connection": "5f0c/ab", "user": {…}, "place": "web/rooms/join", "since": 1000.0, "status": null}

During a rolling restart, processes of two versions read one log. So unknown kinds and fields are ignored, and missing
fields have their defaults. The names in here are a format: a class may be renamed, its kind and its fields may not.
"""

import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .changes import (
    Activity,
    Admit,
    Change,
    Enter,
    Joined,
    Leave,
    NodeDown,
    Profile,
    Put,
    SignOut,
    Stale,
    StudyStatus,
)
from .people import User

_KINDS: dict[str, type[Any]] = {
    "enter": Enter,
    "leave": Leave,
    "activity": Activity,
    "company": StudyStatus,
    "profile": Profile,
    "sign_out": SignOut,
    "node_down": NodeDown,
    "joined": Joined,
    "put": Put,
    "stale": Stale,
    "admit": Admit,
}
_KIND_OF: dict[type[Any], str] = {type_: kind for kind, type_ in _KINDS.items()}
_TYPES: list[type[Any]] = [User, *_KINDS.values()]
_FIELDS = {type_: get_type_hints(type_) for type_ in _TYPES}

LARGEST_TIME = 1e11
"""No moment in a change is later, in Unix seconds; a page could not write it as a date."""


def encode(change: Change) -> str:
    """Write a change as one line."""
    values = {"kind": _KIND_OF[type(change)], **_values(change)}
    if isinstance(change, Enter | Profile):
        values["user"] = _values(change.user)
    return json.dumps(values, separators=(",", ":"))


def decode(text: str) -> Change | None:
    """Read a change; None for a kind that only a newer version knows.

    Raises ValueError for a text that is no change: it may come from anyone, and the roster does not check again.
    """
    values = json.loads(text)
    if not isinstance(values, dict) or not isinstance(values.get("kind"), str):
        raise ValueError("This is no change.")
    kind = _KINDS.get(values["kind"])
    if kind is None:
        return None
    change: Change = _read(kind, values)
    return change


def _values(record: object) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _FIELDS[type(record)]}


def _read(kind: type[Any], values: object) -> Any:
    if not isinstance(values, dict):
        raise ValueError(f"This is no {kind.__name__}.")
    known = {name: _value(type_, values[name]) for name, type_ in _FIELDS[kind].items() if name in values}
    try:
        return kind(**known)
    except TypeError:
        raise ValueError(f"A field of {kind.__name__} is missing.") from None


def _value(type_: Any, value: object) -> object:
    if type_ is User:
        return _read(User, value)
    if isinstance(value, list):
        value = tuple(value)
    if not _fits(type_, value):
        raise ValueError(f"{str(value)[:40]!r} is no {type_}.")
    return value


def _fits(type_: Any, value: object) -> bool:
    if type_ is float:
        return isinstance(value, int | float) and abs(value) <= LARGEST_TIME
    origin, inner = get_origin(type_), get_args(type_)
    if origin in (Union, UnionType):
        return any(_fits(one, value) for one in inner)
    if origin is Literal:
        return value in inner
    if origin is tuple:
        return isinstance(value, tuple) and all(type(one) is inner[0] for one in value)
    return type(value) is (origin or type_)
