"""What time it is in a log that another machine keeps. Pure.

Nobody's own clock is asked, so clocks that differ change nothing: time is that of the last entry that was read, or of
the machine itself when it was asked, and what has passed since. Two questions have two answers:

    applied()   the moment up to which everything has been applied. Without news it goes on, but not for long: a process
                that stood still must not let a grace run out before it has read who came back.
    now()       the best guess of what time it is there
"""

from collections.abc import Callable

LONGEST_SILENCE = 2.0


class LogTime:
    def __init__(self, monotonic: Callable[[], float], at: float) -> None:
        """`at` is what to believe before the log has said anything."""
        self._monotonic = monotonic
        self._at, self._read_at, self._behind = at, monotonic(), False

    def now(self) -> float:
        return self._at + self._monotonic() - self._read_at

    def applied(self) -> float:
        return self._at if self._behind else min(self.now(), self._at + LONGEST_SILENCE)

    def set(self, at: float) -> None:
        """Everything is known up to `at`."""
        self._at, self._read_at, self._behind = at, self._monotonic(), False

    def read(self, at: float | None, behind: bool) -> None:
        """What has been read reaches to `at` (None: nothing new was there); `behind`: there may be more to read."""
        self._at = max(self._at if self._behind or behind else self.now(), at or 0.0)
        self._read_at, self._behind = self._monotonic(), behind
