"""One heartbeat for all connections: who is to be pinged, and who has not answered.

Engine.IO starts a greenlet with a timer for each ping, a second timer for each read, and looks at every connection
once in a timeout, each time from a sleep of its own. At ten thousand connections that is a third of a core, for
nothing. Here one background task looks at a batch of connections every tenth of a second, at each of them once in
`LOOK_SECONDS`.
"""

from collections import deque
from collections.abc import Callable
from typing import Protocol

LOOK_SECONDS = 4.0
TICK_SECONDS = 0.1
EARLY_SECONDS = 0.5
"""A look comes a little sooner or later than the one before, and must not miss a ping for it."""


class Beating(Protocol):
    """A connection: `pinged_at` is None before the first ping, `is_answered` tells whether the last one was."""

    pinged_at: float
    is_answered: bool

    @property
    def is_over(self) -> bool:
        """Return whether it has ended, and needs no more looks."""

    @property
    def is_closing(self) -> bool:
        """Return whether this side has closed it, and the other should have."""

    def ping(self, now: float) -> None: ...

    def expire(self) -> None:
        """End it: its client has not answered in time."""


class Heartbeat:
    """`interval` and `timeout` in seconds; `run` starts a background task, `sleep` is its sleep."""

    def __init__(
        self,
        interval: float,
        timeout: float,
        clock: Callable[[], float],
        run: Callable[[Callable[[], None]], object],
        sleep: Callable[[float], None],
    ) -> None:
        self._interval, self._timeout, self._clock = interval, timeout, clock
        self._run, self._sleep = run, sleep
        self._looks: deque[tuple[float, Beating]] = deque()

    def __len__(self) -> int:
        return len(self._looks)

    def add(self, connection: Beating) -> None:
        """Look after a connection that has just opened; the first ping comes after an interval."""
        connection.pinged_at = self._clock()
        is_first = not self._looks
        self._looks.append((connection.pinged_at + LOOK_SECONDS, connection))
        if is_first:
            self._run(self._beat)

    def look(self, now: float) -> None:
        """Look at the connections whose turn has come."""
        looks = self._looks
        while looks and looks[0][0] <= now:
            at, connection = looks.popleft()
            if not connection.is_over:
                self._look_at(connection, now)
                looks.append((max(at + LOOK_SECONDS, now), connection))

    def _look_at(self, connection: Beating, now: float) -> None:
        since = now - connection.pinged_at
        if connection.is_closing or (not connection.is_answered and since >= self._timeout - EARLY_SECONDS):
            connection.expire()
        elif connection.is_answered and since >= self._interval - EARLY_SECONDS:
            connection.ping(now)

    def _beat(self) -> None:
        while self._looks:
            self._sleep(TICK_SECONDS)
            self.look(self._clock())
