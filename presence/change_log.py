"""The order of all changes, and their moments.

A log has `append(change)`; it calls `Applier.apply(change, at)` for every change in the one order that all processes
agree on, its own changes included, `at` being Unix seconds of the log's own clock, `now()`. LocalLog serves one process
and needs nothing; RedisLog (cluster/redis_log.py) does the same for several.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from .core.changes import Change
from .core.people import Keys
from .core.roster import Roster

CellId = tuple[str, str, str, str, float]
"""A room's name, a place, an audience, the name of a cell, and when it was made."""

Lock = AbstractContextManager[Any]
"""A lock that its holder may take again."""


class Applier(Protocol):
    """The process that a log serves. `lock` guards the roster; `apply` and `notify` take it."""

    @property
    def id(self) -> str: ...

    @property
    def lock(self) -> Lock: ...

    @property
    def roster(self) -> Roster: ...

    @property
    def keys(self) -> Keys: ...

    def apply(self, change: Change, at: float) -> None:
        """Let a change take effect, made `at` Unix seconds."""

    def notify(self, change: Change) -> None:
        """Tell the sockets here of a change at once; it takes effect when the log has it."""

    def publish_now(self) -> None:
        """Publish and send what has taken effect. Not to be called with the lock held."""

    def reauthenticate(self) -> None:
        """Ask the site again for the users of all sockets here: sign-outs may have been missed."""

    def set_paused(self, paused: bool) -> None:
        """Tell all sockets here whether what they show may be old."""


class Observer(Protocol):
    """Sees every change before and after it takes effect, with the roster locked."""

    def before(self, change: Change, at: float) -> None: ...

    def after(self, change: Change, at: float) -> None: ...


class ChangeLog(Protocol):
    """`disconnected`: nothing can be read or appended now, so the roster may be old. `synced`: it is complete.

    `applied` counts changes, `waiting` are those not yet appended, `unreadable` counts values that were no change; all
    three are for logs outside of the process.
    """

    disconnected: bool
    applied: int

    @property
    def waiting(self) -> int: ...

    @property
    def synced(self) -> bool: ...

    @property
    def unreadable(self) -> int: ...

    def append(self, change: Change) -> None:
        """Put a change into the order. It takes effect here when `apply` is called with it."""

    def forget(self, cells: Sequence[CellId]) -> None:
        """Drop cells of rooms that have gone by themselves from what is kept for processes that begin."""

    def now(self) -> float:
        """The moment up to which everything has been applied, in Unix seconds."""

    def start(self) -> None:
        """Begin to take part, unless it has begun."""

    def stop(self) -> None:
        """Append what still waits, and take part no more."""


class LocalLog:
    """The log of a single process; a change has taken effect when `append` returns."""

    disconnected, synced = False, True
    applied = waiting = unreadable = 0

    def __init__(self, apply: Callable[[Change, float], None], clock: Callable[[], float]) -> None:
        self._apply, self._clock = apply, clock

    def append(self, change: Change) -> None:
        self._apply(change, self._clock())

    def forget(self, cells: Sequence[CellId]) -> None:
        """Nothing is kept."""

    def now(self) -> float:
        return self._clock()

    def start(self) -> None:
        """Nothing has to be started."""

    def stop(self) -> None:
        """Nothing waits."""
