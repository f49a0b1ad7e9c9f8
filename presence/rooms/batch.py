"""The signals of one tick at one place, merged: the latest of each slot, or a sum. Pure.

Signals are volatile: nothing here is kept once it has been taken, and a slot that is freed takes its signals along.
"""

from typing import Literal, NamedTuple

from ..core.payloads import Json
from .schema import LARGEST_NUMBER

Merge = Literal["latest", "sum"]


def is_number(value: Json) -> bool:
    """Whether a value can be added to a sum."""
    # Written so that NaN does not pass either.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def added(one: float, other: float) -> float:
    """A sum that stays within what browsers and frames can hold."""
    return max(-LARGEST_NUMBER, min(LARGEST_NUMBER, one + other))


class SentSignal(NamedTuple):
    """A signal of a room at a place, sent by a user (or, with user id "", by the server), and how it is merged.

    `merge` is a Merge, or "" for a signal of the server, which has no slot.
    """

    room: str
    place: str
    name: str
    merge: str
    user_id: str
    value: Json


class Batch:
    """Signals by name. A `latest` is `{slot: value}`, a `sum` one number, a signal of the server its last value."""

    __slots__ = ("_latest", "_values")

    def __init__(self) -> None:
        self._latest: dict[str, dict[int, Json]] = {}
        self._values: dict[str, Json] = {}

    def __bool__(self) -> bool:
        return bool(self._latest or self._values)

    def latest(self, name: str, slot: int, value: Json) -> None:
        """Set the signal of one slot; None says that it is gone."""
        self._latest.setdefault(name, {})[slot] = value

    def add(self, name: str, number: float) -> None:
        self._values[name] = added(self._values.get(name, 0), number)

    def put(self, name: str, value: Json) -> None:
        """Set a signal of the server's, which has no slot."""
        self._values[name] = value

    def drop(self, slot: int) -> None:
        """Forget what waits of a slot."""
        for name, values in list(self._latest.items()):
            values.pop(slot, None)
            if not values:
                del self._latest[name]

    def take(self) -> dict[str, Json]:
        """Everything since the last call, as the `signals` of a frame."""
        latest, values = self._latest, self._values
        self._latest, self._values = {}, {}
        by_text = {name: {str(slot): value for slot, value in slots.items()} for name, slots in latest.items()}
        return {**values, **by_text}
