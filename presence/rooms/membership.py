"""A socket's membership in a room that it has joined. Pure."""

from dataclasses import dataclass

from ..transport.rate_limit import SlidingWindow


@dataclass(slots=True)
class Membership:
    """`slot` and `every` are what the page was told last; `rates` count the calls of each name, once there are some."""

    audiences: tuple[str, ...]
    slot: int | None = None
    every: int = 0
    rates: dict[str, "CallRate"] | None = None

    def rate(self, name: str, per_second: float, burst: int | None, now: float) -> "CallRate":
        """The rate of one call."""
        self.rates = self.rates or {}
        return self.rates.setdefault(name, CallRate(per_second, burst, now))


class CallRate:
    """At most `per_second` calls, or `burst` at once at that average."""

    __slots__ = ("_at", "_burst", "_level", "_per_second", "_window")

    def __init__(self, per_second: float, burst: int | None, now: float) -> None:
        self._per_second, self._burst = per_second, burst or 1
        # In any one second: a bucket would let twice as many through around its edge.
        self._window = SlidingWindow(int(per_second)) if burst is None and per_second >= 1 else None
        self._level, self._at = 0.0, now

    def allow(self, now: float) -> bool:
        """Count one more at `now` (seconds), if it fits. Returns whether it does."""
        if self._window:
            return self._window.allow(now)
        self._level = max(0.0, self._level - (now - self._at) * self._per_second)
        self._at = now
        fits = self._level + 1 <= self._burst + 1e-9
        self._level += fits
        return fits


def in_words(per_second: float) -> str:
    """A rate as its refusal names it: at most 2 in a second, or 1 in 2 seconds."""
    if per_second >= 1:
        return f"{per_second:g} in a second"
    return f"1 in {1 / per_second:g} seconds"
