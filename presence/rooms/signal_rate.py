"""The signals that a process takes, and how often each page may send one. Pure, the clock is handed in."""

from ..transport.rate_limit import LeakyBucket

SIGNALS_PER_SECOND = 1500
"""The most that a process takes; it drops the rest."""
AT_ONCE = 150


class SignalRate:
    """Counts the signals of the last second and who sent them. `dropped` counts those above the limit."""

    def __init__(self) -> None:
        self._bucket = LeakyBucket(AT_ONCE, SIGNALS_PER_SECOND, 0.0)
        self._second, self._movers, self._last_movers = 0, set[str](), 0
        self.taken = self.dropped = 0

    def allow(self, sid: str, now: float) -> bool:
        """Count a signal of a socket at `now`. Returns whether there is time for it."""
        self._turn(now)
        self._movers.add(sid)
        fits = self._bucket.allow(now)
        self.taken += fits
        self.dropped += not fits
        return fits

    def every(self, base: int, now: float) -> int:
        """The milliseconds between two signals of one page, `base` when there are few."""
        self._turn(now)
        movers = max(self._last_movers, len(self._movers))
        return max(base, round(movers * 1000 / SIGNALS_PER_SECOND))

    def _turn(self, now: float) -> None:
        second = int(now)
        if second != self._second:
            self._last_movers = len(self._movers) if second == self._second + 1 else 0
            self._second, self._movers = second, set()
