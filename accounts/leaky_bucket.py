"""How often somebody may fail: at passwords by name and by address, at sign-ups, at uploads. Pure, takes a clock.

A bucket for each key fills by one with a try and empties by itself, so nobody is locked out for good. What is refused
is not counted, and what succeeds is taken back: a class of thirty behind one address signs in without meeting a limit,
and whoever guesses at somebody's password can slow the owner down on a new device, but not keep them away.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` tries at once, and one more every `seconds`."""

    burst: int
    seconds: float


class Tries:
    """The buckets of one limit, by any hashable key; the fullest stay when there are too many."""

    def __init__(self, limit: Limit, clock: Callable[[], float]) -> None:
        self._limit, self._clock = limit, clock
        self._buckets: dict = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, key) -> int:
        """Whole seconds until the key may try again, 0 when it may now."""
        over = self._level(key) + 1 - self._limit.burst
        return max(0, math.ceil(round(over * self._limit.seconds, 3)))

    def count(self, key) -> None:
        """One try more."""
        if len(self._buckets) >= MOST_KEYS and key not in self._buckets:
            self._make_room()
        self._buckets[key] = self._level(key) + 1, self._clock()

    def take_back(self, key) -> None:
        """The last try was none: it succeeded."""
        self._buckets[key] = max(0.0, self._level(key) - 1), self._clock()

    def _level(self, key) -> float:
        level, at = self._buckets.get(key, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) / self._limit.seconds)

    def _make_room(self) -> None:
        by_level = sorted(self._buckets, key=self._level, reverse=True)
        self._buckets = {key: self._buckets[key] for key in by_level[: MOST_KEYS // 2] if self._level(key) > 0}
