"""Changes as JSON, for a log outside of the process. Pure.

    {"kind": "enter", "connection": "5f0c/ab", "user": {…}, "place": "web/rooms/join", "since": 1000.0, "status": null}

During a rolling restart, processes of two versions read one log. So unknown kinds and fields are ignored, and missing
fields have their defaults. The names in here are a format: a class may be renamed, its kind and its fields may not.
"""

import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from .changes import Activity, Change, Enter, Leave, NodeDown, Profile, SignOut, StudyStatus
from .people import User
from .room_changes import Admit, Joined, Put, Stale

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

    Raises ValueError for a text that is not a change: it may come from anyone, and the roster does not check again.
    """
    values = _loads(text)
    if not isinstance(values, dict) or not isinstance(values.get("kind"), str):
        raise ValueError("This is not a change.")
    kind = _KINDS.get(values["kind"])
    if kind is None:
        return None
    change: Change = _read(kind, values)
    return change


def _loads(text: str) -> Any:
    try:
        values = json.loads(text)
    except RecursionError:
        raise ValueError("This is nested too deep.") from None
    if "\\ud" in text or "\\uD" in text:
        # Half of a surrogate pair would fail each page and frame that shows it. Encoding fails with a ValueError.
        json.dumps(values, ensure_ascii=False).encode()
    return values


def _values(record: object) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _FIELDS[type(record)]}


def _read(kind: type[Any], values: object) -> Any:
    if not isinstance(values, dict):
        raise ValueError(f"This is not a {kind.__name__}.")
    known = {name: rule.read(values[name]) for name, rule in _RULES[kind] if name in values}
    try:
        return kind(**known)
    except TypeError:
        raise ValueError(f"A field of {kind.__name__} is missing.") from None


class _Rule:
    """The values that a field may have: made once from its annotation, since a process reads thousands a second."""

    __slots__ = ("_is_time", "_literals", "_types")

    def __init__(self, annotation: Any) -> None:
        kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
        literals = [value for kind in kinds if get_origin(kind) is Literal for value in get_args(kind)]
        self._literals = frozenset((*literals, None)) if literals else None
        self._is_time = float in kinds
        plain = {str if get_origin(kind) is Literal else get_origin(kind) or kind for kind in kinds}
        self._types = plain | ({int} if self._is_time else set()) | ({list} if tuple in plain else set())

    def read(self, value: Any) -> Any:
        type_ = type(value)
        if User in self._types and type_ is dict:
            return _read(User, value)
        if type_ is list and list in self._types and all(type(one) is str for one in value):
            return tuple(value)
        if type_ not in self._types or type_ is list or self._literals and value not in self._literals:
            raise ValueError(f"A field cannot be {str(value)[:40]!r}.")
        if self._is_time and value is not None and not abs(value) <= LARGEST_TIME:
            raise ValueError(f"A moment cannot be {value!r}.")
        return value


_RULES = {type_: [(name, _Rule(annotation)) for name, annotation in _FIELDS[type_].items()] for type_ in _TYPES}
