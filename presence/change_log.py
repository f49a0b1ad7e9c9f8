"""Where changes get their order and their moment.

A log has `append(change)`; it calls `apply(change, at)` for every change in the one order that all readers agree on,
its own changes included, `at` being Unix seconds of the log's own clock, `now()`. LocalLog serves one process and needs
nothing; RedisLog (redis_log.py) is the same for several.
"""

from collections.abc import Callable
from typing import Protocol

from .core.changes import Change

Apply = Callable[[Change, float], None]


class Log(Protocol):
    """`away`: nothing can be read or appended now, so what is known may be old. `ready`: what is known is all.

    `applied` counts changes, `waiting` are those not yet appended, both where there is a way to go for them.
    """

    away: bool
    applied: int

    @property
    def waiting(self) -> int: ...

    @property
    def ready(self) -> bool: ...

    def append(self, change: Change) -> None:
        """Put a change into the order. It has taken effect here when `apply` has been called with it."""

    def now(self) -> float:
        """The moment up to which everything has been applied, in Unix seconds."""

    def start(self) -> None:
        """Begin to take part, unless it has begun."""

    def stop(self) -> None:
        """Say what is still to be said, and take part no more."""


class LocalLog:
    """The order in which this process saw it happen; a change has taken effect when `append` returns."""

    away, ready = False, True
    applied = waiting = 0

    def __init__(self, apply: Apply, clock: Callable[[], float]) -> None:
        self._apply, self.now = apply, clock

    def append(self, change: Change) -> None:
        self._apply(change, self.now())

    def start(self) -> None:
        """Nothing has to be started."""

    def stop(self) -> None:
        """Nothing is left to be said."""
