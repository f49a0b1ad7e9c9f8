"""The line for CPU-bound calls on threads (password hashes): few run at a time, and the client addresses take turns.

Without the turns, one client that sends a hundred wrong passwords would make everyone else wait for a hundred hashes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from greenlet import getcurrent, greenlet

from .fair_queue import FairQueue

# A hash takes 0.1 s of a core, more on a busy machine: a class that signs in at once gets through.
MAX_WAITING = 250
MAX_WAIT_SECONDS = 40.0


@dataclass(slots=True, eq=False)
class Waiter:
    greenlet: greenlet
    granted: bool = False
    gone: bool = False


class WorkerLine:
    """Lets `workers` greenlets in at a time. `hub` is eventlet's. `refused` counts since the start."""

    def __init__(self, hub: Any, workers: int) -> None:
        self._hub, self._free = hub, workers
        self._queue: FairQueue[Waiter] = FairQueue(MAX_WAITING)
        self.refused = 0

    def __len__(self) -> int:
        return len(self._queue)

    @contextmanager
    def worker(self, address: str) -> Iterator[bool]:
        """Hold a worker. Yields False when too many wait, or this one has waited too long."""
        if self._free:
            self._free -= 1
        elif not self._wait(address):
            yield False
            return
        try:
            yield True
        finally:
            self._pass_on()

    def _wait(self, address: str) -> bool:
        waiter = Waiter(getcurrent())
        if refused := self._queue.push(address, waiter):
            self.refused += 1
            if refused is waiter:
                return False
            self._hub.schedule_call_global(0, self._switch, refused, False)
        timer = self._hub.schedule_call_global(MAX_WAIT_SECONDS, self._give_up, waiter)
        try:
            granted: bool = self._hub.switch()
            return granted
        except BaseException:
            if waiter.granted:
                self._pass_on()
            raise
        finally:
            waiter.gone = True
            timer.cancel()

    def _pass_on(self) -> None:
        """Give the worker to the next in line."""
        while waiter := self._queue.pop():
            if not waiter.gone:
                waiter.granted = True
                self._hub.schedule_call_global(0, self._switch, waiter, True)
                return
        self._free += 1

    def _give_up(self, waiter: Waiter) -> None:
        # All wait equally long, so the one whose wait is over is the first of its address.
        if self._queue.overdue(lambda first: first is waiter):
            self.refused += 1
            self._switch(waiter, False)

    def _switch(self, waiter: Waiter, granted: bool) -> None:
        if not waiter.gone:
            waiter.greenlet.switch(granted)
