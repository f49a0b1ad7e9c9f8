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


class Window:
    """At most `size` in any one second."""

    __slots__ = ("_size", "_taken")

    def __init__(self, size: int) -> None:
        self._size, self._taken = size, list[float]()

    def takes(self, now: float) -> bool:
        """Count one more at `now` (seconds), if it still fits. Returns whether it does."""
        while self._taken and self._taken[0] <= now - 1.0:
            del self._taken[0]
        fits = len(self._taken) < self._size
        if fits:
            self._taken.append(now)
        return fits


class Meter:
    """The events of one connection in the last second: those that were taken, and all."""

    __slots__ = ("_all", "_taken")

    def __init__(self) -> None:
        self._all, self._taken = Window(EVENTS_HUNG_UP_ABOVE), Window(EVENTS_REFUSED_ABOVE)

    def count(self, now: float) -> str:
        """Count one event at `now` (seconds). Returns `ok`, `refuse` or `hang up`."""
        if not self._all.takes(now):
            return "hang up"
        return "ok" if self._taken.takes(now) else "refuse"
