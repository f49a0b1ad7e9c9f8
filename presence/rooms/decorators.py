"""The two decorators that open a room's methods to clients, and their options. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, Literal, TypeVar, overload

from .batch import Merge
from .schema import Schema

OpenTo = Literal["shown", "counted", "signed in"]
Method = TypeVar("Method", bound=Callable[..., Any])
MARK = "of_room"
"""The attribute of a method that says what clients may do with it."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method that clients call; `burst` calls may come at once, at an average of `per_second`."""

    name: str
    per_second: float
    open_to: OpenTo
    burst: int | None
    schema: Schema
    run: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Signal:
    """A method that takes signals, from each page one in `every` milliseconds."""

    name: str
    every: int
    merge: Merge
    schema: Schema
    run: Callable[..., Any]


def is_positive(value: object) -> bool:
    """Return whether a value is a number above 0 that is not infinite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < inf


@overload
def call(method: Method, /) -> Method: ...


@overload
def call(
    *, per_second: float = 2, open_to: OpenTo = "shown", burst: int | None = None
) -> Callable[[Method], Method]: ...


def call(
    method: Method | None = None, *, per_second: float = 2, open_to: OpenTo = "shown", burst: int | None = None
) -> Method | Callable[[Method], Method]:
    """Let clients call a method of a room, at this rate for each connection; they get what it returns.

    `open_to`: "shown" to people visible to everyone, "counted" to the anonymous too, "signed in" to the hidden too.
    """

    def mark(method: Method) -> Method:
        if not is_positive(per_second):
            raise ValueError(f"{method.__qualname__}: per_second is a number above 0, not {per_second!r}.")
        if burst is not None and not (type(burst) is int and burst >= 1):
            raise ValueError(f"{method.__qualname__}: burst is a whole number above 0, not {burst!r}.")
        marked = Call(method.__name__, per_second, open_to, burst, Schema.of(method), method)
        setattr(method, MARK, marked)
        return method

    return mark(method) if method else mark


@overload
def signal(method: Method, /) -> Method: ...


@overload
def signal(*, hz: float = 10, merge: Merge = "latest") -> Callable[[Method], Method]: ...


def signal(
    method: Method | None = None, *, hz: float = 10, merge: Merge = "latest"
) -> Method | Callable[[Method], Method]:
    """Take volatile values from clients, at most `hz` a second from each; what the method returns is sent to all.

    `merge`: of each slot the "latest" of a tick, or the "sum" of all. The method must not ask a database.
    """

    def mark(method: Method) -> Method:
        if not is_positive(hz):
            raise ValueError(f"{method.__qualname__}: hz is a number above 0, not {hz!r}.")
        setattr(method, MARK, Signal(method.__name__, round(1000 / hz), merge, Schema.of(method), method))
        return method

    return mark(method) if method else mark
