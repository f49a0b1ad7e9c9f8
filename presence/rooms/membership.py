"""A socket's membership in a room that it has joined. Pure."""

from dataclasses import dataclass

from ..transport.rate_limit import LeakyBucket, SlidingWindow
from .decorators import Call

Rate = LeakyBucket | SlidingWindow


@dataclass(slots=True)
class Membership:
    """`slot` and `every` are as last sent to the page; `rates` count the calls of each name, once there are some."""

    audiences: tuple[str, ...]
    slot: int | None = None
    every: int = 0
    rates: dict[str, Rate] | None = None

    def rate(self, call: Call, now: float) -> Rate:
        """The rate of one call."""
        self.rates = self.rates or {}
        return self.rates.setdefault(call.name, _rate(call, now))


def _rate(call: Call, now: float) -> Rate:
    if call.burst is None and call.per_second >= 1:
        # In any one second: a bucket would let twice as many through around its edge.
        return SlidingWindow(int(call.per_second))
    # A little more, for the calls that come exactly at the rate.
    return LeakyBucket((call.burst or 1) + 1e-9, call.per_second, now)


def in_words(per_second: float) -> str:
    """A rate as its refusal names it: at most 2 in a second, or 1 in 2 seconds."""
    if per_second >= 1:
        return f"{per_second:g} in a second"
    return f"1 in {1 / per_second:g} seconds"
