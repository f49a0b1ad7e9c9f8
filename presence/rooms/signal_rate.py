"""How many signals a process takes, and how often each page may send one. Pure, the clock is handed in."""

SIGNALS_PER_SECOND = 1500
"""So many does a process take; what comes above is dropped."""
AT_ONCE = 150


class SignalRate:
    """Counts the signals of the last second and who sent them. `dropped` counts those above the limit."""

    def __init__(self) -> None:
        self._level, self._at = 0.0, 0.0
        self._second, self._movers, self._last_movers = 0, set[str](), 0
        self.taken = self.dropped = 0

    def allow(self, sid: str, now: float) -> bool:
        """Count a signal of a socket at `now`. Returns whether there is time for it."""
        self._turn(now)
        self._movers.add(sid)
        self._level = max(0.0, self._level - (now - self._at) * SIGNALS_PER_SECOND)
        self._at = now
        if self._level + 1 > AT_ONCE:
            self.dropped += 1
            return False
        self._level += 1
        self.taken += 1
        return True

    def every(self, base: int, now: float) -> int:
        """How many milliseconds there should be between two signals of one page, `base` when there are few."""
        self._turn(now)
        movers = max(self._last_movers, len(self._movers))
        return max(base, round(movers * 1000 / SIGNALS_PER_SECOND))

    def _turn(self, now: float) -> None:
        second = int(now)
        if second != self._second:
            self._last_movers = len(self._movers) if second == self._second + 1 else 0
            self._second, self._movers = second, set()
