"""The rate at which one page may make a call, and the words of its refusal. Pure, the clock is handed in."""

from ..transport.rate_limit import LeakyBucket, SlidingWindow
from .decorators import Call

CallRate = LeakyBucket | SlidingWindow


def rate_of(call: Call, now: float) -> CallRate:
    """A new count of the calls of one page."""
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
