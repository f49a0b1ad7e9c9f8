"""How much one connection may ask for. Pure, the clock is handed in.

The numbers are a contract: a refusal is an answer that names the limit, a hang-up is for those who do not listen.
"""

EVENTS_REFUSED_ABOVE = 20
EVENTS_HUNG_UP_ABOVE = 100
MESSAGE_BYTES = 4096
CONNECTIONS_OF_ONE_USER = 20


class Meter:
    """Events in the current second of one connection: a leaky bucket, emptied at EVENTS_REFUSED_ABOVE a second."""

    __slots__ = ("_at", "_level")

    def __init__(self, now: float) -> None:
        self._level, self._at = 0.0, now

    def count(self, now: float) -> str:
        """Count one event at `now` (seconds). Returns `ok`, `refuse` or `hang up`."""
        self._level = max(0.0, self._level - (now - self._at) * EVENTS_REFUSED_ABOVE) + 1
        self._at = now
        if self._level > EVENTS_HUNG_UP_ABOVE:
            return "hang up"
        return "refuse" if self._level > EVENTS_REFUSED_ABOVE else "ok"
