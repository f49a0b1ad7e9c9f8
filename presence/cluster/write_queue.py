"""The changes of this process that are still to be written to the log. Pure."""

from collections import deque
from collections.abc import Iterator

from ..core.changes import Change, Profile, SignOut
from ..core.room_changes import Admit, Put, Stale
from .shared_log import Entry

BATCH = 200
LONGEST = 10_000
KEPT = Profile | SignOut | Put | Stale | Admit


class WriteQueue:
    """In the order of their appending. `overflowed` is set when a change was dropped, until `reset`."""

    def __init__(self) -> None:
        self._entries = deque[Entry]()
        self.overflowed = False

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def put(self, entry: Entry) -> None:
        if len(self._entries) >= LONGEST:
            self.overflowed = True
        else:
            self._entries.append(entry)

    def take(self) -> list[Entry]:
        """Take the next batch out."""
        return [self._entries.popleft() for _ in range(min(BATCH, len(self._entries)))]

    def put_back(self, batch: list[Entry]) -> None:
        self._entries.extendleft(reversed(batch))

    def commands(self) -> Iterator[Change]:
        """The profiles and sign-outs, which have to take effect here even without the log."""
        return (entry.change for entry in self if is_command(entry.change))

    def must_keep(self, change: Change) -> bool:
        """Return whether a change has to wait until the process has joined; an equal one need not wait twice."""
        if isinstance(change, Stale | Admit):
            return all(change != entry.change for entry in self._entries)
        return isinstance(change, KEPT)

    def reset(self) -> None:
        """Keep commands, and what rooms have said: joining the log announces everything else."""
        self._entries = deque(entry for entry in self._entries if isinstance(entry.change, KEPT))
        self.overflowed = False


def is_command(change: Change) -> bool:
    """Return whether a change must reach this process's own sockets at once."""
    return isinstance(change, Profile | SignOut)
