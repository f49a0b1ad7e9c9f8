"""The one background task: tells what waits for its tick, lets graces run out, and looks after the sockets.

It starts with the first socket and ends when nobody is left, so an idle process sleeps. Tests do not start it; they
move the clock and call `Presence.tick()`.
"""

import logging
from collections.abc import Callable
from threading import Lock

logger = logging.getLogger("presence")

LONGEST_SLEEP = 1.0
SHORT_SLEEP = 0.05
"""A sleep that nobody has to be woken from."""


class Ticker:
    def __init__(self, server, tick: Callable[[], None], next_at: Callable[[], float | None], clock) -> None:
        """`next_at` says when `tick` has something to do, in the clock's seconds, or None when nobody is left."""
        self._server, self._tick, self._next_at, self._clock = server, tick, next_at, clock
        self._wake = server.eio.create_event()
        self._running = self._dozing = False
        self._lock = Lock()
        self.enabled = True

    def wake(self) -> None:
        """There may be something to do sooner than it was."""
        if not self.enabled or (self._running and not self._dozing):
            # The next tick is near anyway, and in a crowd somebody does something every millisecond.
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
                # Whatever one tick met, the next must come: without it nobody would ever leave a screen.
                logger.exception("A tick failed.")

    def _next_or_stop(self) -> float | None:
        with self._lock:
            # Before looking: whoever comes after that wakes us.
            self._dozing = True
            next_at = self._next_at()
            self._running = next_at is not None
            return next_at
