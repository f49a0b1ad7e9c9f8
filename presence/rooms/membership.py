"""A socket's membership in a room that it has joined. Pure."""

from dataclasses import dataclass

from .call_rate import CallRate, rate_of
from .decorators import Call


@dataclass(slots=True)
class Membership:
    """`slot` and `every` are as last sent to the page; `rates` count the calls of each name, once there are some."""

    audiences: tuple[str, ...]
    slot: int | None = None
    every: int = 0
    rates: dict[str, CallRate] | None = None

    def rate(self, call: Call, now: float) -> CallRate:
        """The rate of one call."""
        self.rates = self.rates or {}
        return self.rates.setdefault(call.name, rate_of(call, now))
