"""The orders per second that everyone together may give at one place: a sliding window. Pure."""

from collections import deque

ORDERS, SECONDS = 4, 1.0


class OrderRate:
    """Keeps the moments of the last second, by place."""

    def __init__(self) -> None:
        self._at: dict[str, deque[float]] = {}

    def allow(self, place: str, now: float) -> bool:
        """Count an order, if it still fits. Returns whether it does."""
        for other in [one for one, moments in self._at.items() if moments[-1] <= now - SECONDS]:
            del self._at[other]
        moments = self._at.setdefault(place, deque())
        while moments and moments[0] <= now - SECONDS:
            moments.popleft()
        if len(moments) >= ORDERS:
            return False
        moments.append(now)
        return True
