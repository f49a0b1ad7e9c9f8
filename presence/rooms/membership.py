"""A socket's membership in a room that it has joined. Pure."""

from dataclasses import dataclass

from ..transport.rate_limit import LeakyBucket, SlidingWindow

Rate = LeakyBucket | SlidingWindow


@dataclass(slots=True)
class Membership:
    """`slot` and `every` are as last sent to the page; `rates` count the calls of each name, once there are some."""

    audiences: tuple[str, ...]
    slot: int | None = None
    every: int = 0
    rates: dict[str, Rate] | None = None

    def rate(self, name: str, per_second: float, burst: int | None, now: float) -> Rate:
        """The rate of one call: at most `per_second`, or `burst` at once at that average."""
        self.rates = self.rates or {}
        return self.rates.setdefault(name, _rate(per_second, burst, now))


def _rate(per_second: float, burst: int | None, now: float) -> Rate:
    if burst is None and per_second >= 1:
        # In any one second: a bucket would let twice as many through around its edge.
        return SlidingWindow(int(per_second))
    # A little more, for the calls that come exactly at the rate.
    return LeakyBucket((burst or 1) + 1e-9, per_second, now)


def in_words(per_second: float) -> str:
    """A rate as its refusal names it: at most 2 in a second, or 1 in 2 seconds."""
    if per_second >= 1:
        return f"{per_second:g} in a second"
    return f"1 in {1 / per_second:g} seconds"
