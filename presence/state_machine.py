"""The state machine of one process: every change takes effect here, in the order of the log.

The log calls `apply`. The roster and the rooms change, and the dispatcher queues what that means for the sockets here;
nothing is sent. Processes that apply the same log agree (F. B. Schneider 1990, "the state machine approach").
"""

from contextlib import AbstractContextManager
from typing import Any

from .change_log import Observer
from .core.changes import Change
from .core.room_changes import RoomChange
from .core.roster import Roster
from .delivery.dispatcher import Dispatcher
from .rooms.service import Rooms


class StateMachine:
    """`observers` see each change before and after it changes the roster. `lock` guards the process."""

    def __init__(self, lock: AbstractContextManager[Any], roster: Roster, rooms: Rooms, dispatcher: Dispatcher) -> None:
        self._lock, self._roster, self._rooms, self._dispatcher = lock, roster, rooms, dispatcher
        self.observers: list[Observer] = []

    def apply(self, change: Change, at: float) -> None:
        """Let a change take effect, made `at` Unix seconds."""
        with self._lock:
            self.expire(at)
            if not isinstance(change, RoomChange):
                self._apply_to_roster(change, at)
            self._dispatcher.on_change(change)
            self._rooms.apply(change, at)

    def notify(self, change: Change) -> None:
        """Tell the sockets here of a change that has yet to take effect."""
        with self._lock:
            self._dispatcher.on_change(change)

    def expire(self, now: float) -> None:
        """Remove everything whose time is over, in the log's seconds. With the lock held."""
        self._roster.expire(now)
        self._rooms.expire(now)

    def _apply_to_roster(self, change: Change, at: float) -> None:
        for observer in self.observers:
            observer.before(change, at)
        self._roster.apply(change, at)
        for observer in self.observers:
            observer.after(change, at)
