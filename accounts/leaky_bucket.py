"""Leaky buckets: how often one key may fail, at passwords by name and address, at sign-ups, at uploads. Takes a clock.

Each attempt adds one to the bucket of its key, and the bucket empties by itself, so no key is locked out for good. A
refused attempt is not counted, and a successful one is refunded: a class of thirty behind one address signs in without
meeting a limit. Guessing at a name can slow its owner down on a new device, but not keep them away.
"""

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass

MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` attempts at once, and one more every `seconds`."""

    burst: int
    seconds: float


class LeakyBuckets:
    """The buckets of one limit, by key. When there are too many, the fullest stay."""

    def __init__(self, limit: Limit, clock: Callable[[], float]) -> None:
        self._limit, self._clock = limit, clock
        self._buckets: dict[Hashable, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._buckets)

    def wait(self, key: Hashable) -> int:
        """Whole seconds until the key may try again, 0 when it may now."""
        over = self._level(key) + 1 - self._limit.burst
        return max(0, math.ceil(round(over * self._limit.seconds, 3)))

    def count(self, key: Hashable) -> None:
        """Add one attempt."""
        if len(self._buckets) >= MOST_KEYS and key not in self._buckets:
            self._make_room()
        self._buckets[key] = self._level(key) + 1, self._clock()

    def refund(self, key: Hashable) -> None:
        """Take one attempt off again: it succeeded."""
        self._buckets[key] = max(0.0, self._level(key) - 1), self._clock()

    def _level(self, key: Hashable) -> float:
        level, at = self._buckets.get(key, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) / self._limit.seconds)

    def _make_room(self) -> None:
        by_level = sorted(self._buckets, key=self._level, reverse=True)
        self._buckets = {key: self._buckets[key] for key in by_level[: MOST_KEYS // 2] if self._level(key) > 0}
