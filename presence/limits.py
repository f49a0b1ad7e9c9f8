"""How much one connection may ask for. Pure, the clock is handed in.

The numbers are a contract: a refusal is an answer that names the limit, a hang-up is for those who do not listen.
"""

EVENTS_REFUSED_ABOVE = 20
EVENTS_HUNG_UP_ABOVE = 100
MESSAGE_BYTES = 4096
CONNECTIONS_OF_ONE_USER = 20
TRANSPORTS_OF_ONE_USER = 2 * CONNECTIONS_OF_ONE_USER
"""WebSockets that are open at all, let in or not: before this many are refused with a sentence."""

FRAMES_PER_SECOND, FRAMES_AT_ONCE = 50, 250
"""WebSocket frames of any kind, pings and fragments too. Of events alone fewer are taken."""


class Bucket:
    """A leaky bucket of `size`, emptied at `rate` a second."""

    __slots__ = ("_at", "_rate", "_size", "level")

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size, self._rate, self._at = size, rate, now
        self.level = 0.0

    def takes(self, now: float) -> bool:
        """Count one more at `now` (seconds). Returns whether it still fits."""
        self.level = max(0.0, self.level - (now - self._at) * self._rate) + 1
        self._at = now
        return self.level <= self._size


class Meter:
    """Events in the current second of one connection."""

    __slots__ = ("_bucket",)

    def __init__(self, now: float) -> None:
        self._bucket = Bucket(EVENTS_HUNG_UP_ABOVE, EVENTS_REFUSED_ABOVE, now)

    def count(self, now: float) -> str:
        """Count one event at `now` (seconds). Returns `ok`, `refuse` or `hang up`."""
        if not self._bucket.takes(now):
            return "hang up"
        return "refuse" if self._bucket.level > EVENTS_REFUSED_ABOVE else "ok"
