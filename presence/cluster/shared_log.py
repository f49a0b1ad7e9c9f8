"""What a process and the log outside of it say to each other. Pure; stream.py says it to Redis."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ..core.changes import Change, Enter

LEASE_SECONDS = 3.0


class Away(Exception):
    """The log cannot be reached or does not do what it is told; the message says why."""


class Entry(NamedTuple):
    """A change to append, and what the hash of live connections says from then on."""

    change: Change
    keep: Enter | None = None
    drop: Sequence[str] = ()


class Snapshot(NamedTuple):
    """What a process reads when it begins: all of one instant. `live` is the hash, `position` the last in the log."""

    now: float
    run: str
    position: str
    live: dict[str, Enter]


class Pulse(NamedTuple):
    """What a process learns when it renews its lease.

    `held`: the lease had not run out. `run`: another one than before, or None, when what was known is lost. `first`:
    the oldest position that can still be read. `gone`: the others whose lease has run out.
    """

    now: float
    held: bool
    run: str | None
    first: str | None
    gone: set[str]


class SharedLog(Protocol):
    """The transactions, each all or nothing. Any of them may raise Away, and may have been done all the same."""

    def begin(self) -> Snapshot:
        """Take the lease, and read what is known."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Append changes, and with each what the hash has to say."""

    def read(self, position: str, count: int, seconds: float) -> list[tuple[str, float, Change | None]]:
        """The changes after a position, each with its position and moment; waits for one up to so many seconds."""

    def renew(self, others: Iterable[str]) -> Pulse:
        """Renew the lease, and see which of the other processes have lost theirs."""

    def end(self) -> None:
        """Give the lease back."""


def is_past(position: str, first: str | None) -> bool:
    """Whether what follows `position` has been trimmed away before it was read, `first` being the oldest there is."""
    return first is not None and position != "0-0" and _numbers(position) < _numbers(first)


def _numbers(position: str) -> list[int]:
    return [int(part) for part in position.split("-")]
