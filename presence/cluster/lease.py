"""The lease of this process: when to renew it, and what the answer means for process and log. Pure."""

from collections.abc import Callable

from .log_position import is_trimmed
from .shared_log import Heartbeat

HEARTBEAT_SECONDS = 1.0


class Lease:
    """Keeps what one heartbeat has to know of the one before."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._renewed_at, self._missing = clock, float("-inf"), 0

    def is_due(self) -> bool:
        """Return whether the lease is to be renewed now: once a second."""
        if self._clock() - self._renewed_at < HEARTBEAT_SECONDS:
            return False
        self._renewed_at = self._clock()
        return True

    def is_lost(self, heartbeat: Heartbeat, run: str, position: str) -> bool:
        """Return whether process and log may have lost each other since the last heartbeat.

        The lease had run out, Redis has started anew, the hash lacks our connections (twice: a change may be on its
        way), or the log no longer reaches back to our position.
        """
        self._missing = 0 if heartbeat.kept else self._missing + 1
        is_other_log = heartbeat.run != run or is_trimmed(position, heartbeat.first)
        return not heartbeat.held or is_other_log or self._missing > 1
