"""The time of a log that another machine keeps. Pure.

No process asks its own wall clock, so clocks that differ change nothing: the time is that of the last entry read, or of
that machine itself when it was asked, plus what has passed since (Cristian 1989). There are two answers:

    applied()   the moment up to which everything has been applied. Without news it goes on, but not for long: a process
                that stood still must not let a grace period end before it has read who came back.
    now()       the best guess of the time there
"""

from collections.abc import Callable

LONGEST_SILENCE = 2.0


class LogClock:
    def __init__(self, monotonic: Callable[[], float], at: float) -> None:
        """`at` is the time to assume before anything was read."""
        self._monotonic = monotonic
        self._at, self._read_at, self._behind = at, monotonic(), False

    def now(self) -> float:
        return self._at + self._monotonic() - self._read_at

    def applied(self) -> float:
        return self._at if self._behind else min(self.now(), self._at + LONGEST_SILENCE)

    def set(self, at: float) -> None:
        """Start from `at`: everything up to then is known."""
        self._at, self._read_at, self._behind = at, self._monotonic(), False

    def resume(self, at: float) -> None:
        """Go on from `at` after a gap, but never back: the other machine's clock may have been set back meanwhile."""
        self.set(max(at, self.now()))

    def closing(self, at: float) -> float:
        """The moment from which the grace period of an entry made `at` counts, should that clock have been set back."""
        return max(at, self.applied())

    def jump(self, at: float) -> float:
        """The seconds by which that machine's clock was set forward, if it makes an entry `at`; 0.0 for a mere lag."""
        ahead = at - self.now()
        return ahead if ahead > LONGEST_SILENCE else 0.0

    def read(self, at: float | None, behind: bool) -> None:
        """Go on to `at`, up to which entries were read (None: there were none). `behind`: there may be more."""
        self._at = max(self._at if self._behind or behind else self.now(), at or 0.0)
        self._read_at, self._behind = self._monotonic(), behind
