"""The protocol between a process and a log outside of it. Pure; redis_stream.py speaks it to Redis."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ..change_log import CellId
from ..core.changes import Change, Enter
from ..core.room_changes import Put

LEASE_SECONDS = 3.0


class Unreachable(Exception):
    """The log cannot be reached or refuses a request; the message is the reason."""


class Entry(NamedTuple):
    """A change to append, with the Enter to `keep` in the hash of live connections and the keys to `drop` from it."""

    change: Change
    keep: Enter | None = None
    drop: Sequence[str] = ()


class Snapshot(NamedTuple):
    """Everything a process reads when it joins, at one instant. `position` is the last in the log."""

    now: float
    run: str
    position: str
    live: dict[str, Enter]
    cells: tuple[Put, ...] = ()


class Heartbeat(NamedTuple):
    """The answer to a renewed lease.

    `held`: the lease had not run out. `run`: another one than before, or None, if the log has lost its data.
    `first`: the oldest position that can still be read. `gone`: the other processes whose lease has run out.
    `kept`: the hash holds the connection that was asked for.
    """

    now: float
    held: bool
    run: str | None
    first: str | None
    gone: set[str]
    kept: bool = True


class SharedLog(Protocol):
    """The transactions, each all or nothing. Each may raise Unreachable, and may have been carried out all the same."""

    def begin(self, position: str) -> Snapshot:
        """Take the lease, and read the snapshot.

        A log that ends before `position`, as far as this process has read, has come back with older data: it is emptied
        first, so that all processes announce what they know, and what had ended stays ended.
        """

    def write(self, entries: Iterable[Entry]) -> None:
        """Append changes, and update the hash with each."""

    def read(self, position: str, count: int, seconds: float) -> list[tuple[str, float, Change | None]]:
        """The changes after a position, each with its position and moment; waits at most `seconds` for one."""

    def renew(self, others: Iterable[str], probe: str | None = None) -> Heartbeat:
        """Renew the lease, see which of the others have lost theirs, and whether the hash holds a connection."""

    def forget(self, cells: Sequence[CellId]) -> None:
        """Delete cells that have gone by themselves from their hash."""

    def end(self) -> None:
        """Give the lease back."""
