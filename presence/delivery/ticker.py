"""The background task: publishes due topics, lets grace periods end, and runs the housekeeping.

It starts with the first socket and ends when none is left, so an idle process sleeps. Tests do not start it; they move
the clock and call `Presence.tick()`.
"""

import logging
from collections.abc import Callable
from threading import Lock

import socketio

logger = logging.getLogger("presence")

LONGEST_SLEEP = 1.0
SHORT_SLEEP = 0.05
"""A sleep too short to be worth waking up from."""


class Ticker:
    def __init__(
        self,
        server: socketio.Server,
        tick: Callable[[], None],
        next_at: Callable[[], float | None],
        clock: Callable[[], float],
    ) -> None:
        """`next_at` returns when `tick` has something to do, in the clock's seconds; None when no socket is left."""
        self._server, self._tick, self._next_at, self._clock = server, tick, next_at, clock
        self._wake = server.eio.create_event()
        self._running = self._dozing = False
        self._lock = Lock()
        self.enabled = True

    def wake(self) -> None:
        """Look again soon: there may be something to do sooner than before."""
        if not self.enabled or (self._running and not self._dozing):
            # The next tick is near anyway, and in a crowd something happens every millisecond.
            return
        self._dozing = False
        self._wake.set()
        with self._lock:
            start, self._running = not self._running, True
        if start:
            self._server.start_background_task(self._run)

    def pause(self) -> None:
        """Let the writers of the sockets run."""
        self._server.sleep(0)

    def _run(self) -> None:
        while (next_at := self._next_or_stop()) is not None:
            seconds = min(LONGEST_SLEEP, max(0.0, next_at - self._clock()))
            self._dozing = self._dozing and seconds > SHORT_SLEEP
            self._wake.wait(seconds)
            self._wake.clear()
            try:
                self._tick()
            except Exception:
                # The next tick must come after any error: without it no one would ever leave a screen.
                logger.exception("A tick failed.")

    def _next_or_stop(self) -> float | None:
        with self._lock:
            # Before looking: what comes after that wakes us.
            self._dozing = True
            next_at = self._next_at()
            self._running = next_at is not None
            return next_at
