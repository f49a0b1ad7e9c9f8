"""Limits on what one connection may send. Pure, the clock is handed in.

The numbers are a contract: a refusal is an answer that names the limit, a hang-up is for clients that do not listen.
The buckets are leaky buckets, the windows sliding-window logs.
"""

from typing import Literal

EVENTS_REFUSED_ABOVE = 20
EVENTS_HUNG_UP_ABOVE = 100
SIGNALS_DROPPED_ABOVE = 12
MESSAGE_BYTES = 4096
RESYNCS_AT_ONCE, RESYNCS_PER_SECOND = 6, 0.5
"""A state may be a thousand times as long as the event that asks for it."""
CONNECTIONS_OF_ONE_USER = 20
TRANSPORTS_OF_ONE_USER = 2 * CONNECTIONS_OF_ONE_USER
"""WebSockets that are open at all, connected or not: before this many are refused with a sentence."""

FRAMES_PER_SECOND, FRAMES_AT_ONCE = 50, 250
"""WebSocket frames of any kind, pings and fragments too. Of events alone fewer are allowed."""

Verdict = Literal["ok", "refuse", "drop", "hang up"]


class LeakyBucket:
    """A leaky bucket of `size`, emptied at `rate` a second."""

    __slots__ = ("_at", "_level", "_rate", "_size")

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size, self._rate, self._at = size, rate, now
        self._level = 0.0

    def allow(self, now: float) -> bool:
        """Count one more at `now` (seconds), if it still fits. Returns whether it does."""
        self._level = max(0.0, self._level - (now - self._at) * self._rate)
        self._at = now
        fits = self._level + 1 <= self._size
        self._level += fits
        return fits


class SlidingWindow:
    """At most `size` in any one second."""

    __slots__ = ("_allowed", "_size")

    def __init__(self, size: int) -> None:
        self._size, self._allowed = size, list[float]()

    def allow(self, now: float) -> bool:
        """Count one more at `now` (seconds), if it still fits. Returns whether it does."""
        while self._allowed and self._allowed[0] <= now - 1.0:
            del self._allowed[0]
        fits = len(self._allowed) < self._size
        if fits:
            self._allowed.append(now)
        return fits


class EventRateLimit:
    """The events of one connection in the last second: those that were allowed, signals that were, and all."""

    __slots__ = ("_all", "_allowed", "_resyncs", "_signals")

    def __init__(self) -> None:
        self._all, self._allowed = SlidingWindow(EVENTS_HUNG_UP_ABOVE), SlidingWindow(EVENTS_REFUSED_ABOVE)
        self._signals: SlidingWindow | None = None
        self._resyncs: LeakyBucket | None = None

    def count(self, now: float) -> Verdict:
        """Count one event at `now` (seconds)."""
        if not self._all.allow(now):
            return "hang up"
        return "ok" if self._allowed.allow(now) else "refuse"

    def allow_resync(self, now: float) -> bool:
        """Count one resync at `now` (seconds), which is an event too. Returns whether it is allowed."""
        if self._resyncs is None:
            self._resyncs = LeakyBucket(RESYNCS_AT_ONCE, RESYNCS_PER_SECOND, now)
        return self._resyncs.allow(now)

    def count_signal(self, now: float) -> Verdict:
        """Count one signal at `now` (seconds)."""
        if not self._all.allow(now):
            return "hang up"
        if self._signals is None:
            self._signals = SlidingWindow(SIGNALS_DROPPED_ABOVE)
        return "ok" if self._signals.allow(now) else "drop"
