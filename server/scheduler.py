"""Sockets first, pages in turn: shares one event loop between live sockets and everything else.

A greenlet whose data is ready runs until it yields, so a hundred requests that are ready in one round of the loop would
all run before any socket. Therefore a request waits here before its head is parsed, and again before its page is made.
Some rounds of the loop grant turns, for a short while each (`Rounds`). The client addresses alternate (`FairQueue`).
Pages in progress are limited (`PagesInProgress`): a page is in progress until it is made, except while it steps `aside`
for a thread or a lock.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from greenlet import getcurrent, greenlet

from .fair_queue import FairQueue
from .pages_in_progress import PagesInProgress
from .rounds import Rounds

MAX_WAIT_SECONDS = 4.0
MAX_WAITING = 600


@dataclass(slots=True, eq=False)
class Waiter:
    greenlet: greenlet
    since: float
    gone: bool = False


class Scheduler:
    """`hub` is eventlet's. `turns`, `waits` and `refused` count since the start."""

    def __init__(self, hub: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._hub, self._clock = hub, clock
        self._requests: FairQueue[Waiter] = FairQueue(MAX_WAITING)
        self._pages: FairQueue[Waiter] = FairQueue(MAX_WAITING)
        self._in_progress = PagesInProgress()
        self._rounds = Rounds(hub, clock, lambda: self.waiting > 0, self._grant_next)
        self.turns = self.waits = self.refused = 0

    @property
    def waiting(self) -> int:
        return len(self._requests) + len(self._pages)

    @property
    def in_progress(self) -> int:
        return len(self._in_progress)

    def take(self, address: str) -> bool:
        """Wait for a turn. False when too many requests wait, or this one has waited too long."""
        return self._wait(self._requests, address, can_go=True)

    @contextmanager
    def page(self, address: str) -> Iterator[bool]:
        """Wait for a turn and hold one of the places for pages in progress. Yields False when there is none."""
        if not self._wait(self._pages, address, self._in_progress.has_place(address)):
            yield False
            return
        self._in_progress.begin(address)
        try:
            yield True
        finally:
            self._in_progress.end()
            self._leave(address)

    def address(self) -> str:
        """The client address of the current page; empty outside a page."""
        return self._in_progress.address() or ""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give up the place of the current page while it waits for something, and take a turn afterwards."""
        address = self._in_progress.address()
        if address is None:
            yield
            return
        self._leave(address)
        try:
            yield
        finally:
            self.take(address)
            self._in_progress.hold(address)

    def _leave(self, address: str) -> None:
        self._in_progress.release(address)
        if self._pages:
            self._rounds.run_soon()

    def _wait(self, queue: FairQueue[Waiter], address: str, can_go: bool) -> bool:
        self.turns += 1
        if can_go and not self.waiting and self._rounds.has_budget():
            return True
        self.waits += 1
        waiter = Waiter(getcurrent(), self._clock())
        if refused := queue.push(address, waiter):
            self.refused += 1
            if refused is waiter:
                return False
            self._hub.schedule_call_global(0, self._switch, refused, False)
        self._rounds.run_soon()
        try:
            granted: bool = self._hub.switch()
            return granted
        finally:
            waiter.gone = True

    def _grant_next(self) -> bool:
        if overdue := self._requests.overdue(self._is_overdue) or self._pages.overdue(self._is_overdue):
            self.refused += 1
            self._switch(overdue, False)
            return True
        waiter = self._requests.pop() or self._pages.pop(self._in_progress.has_place)
        if waiter:
            self._switch(waiter, True)
        return waiter is not None

    def _switch(self, waiter: Waiter, granted: bool) -> None:
        # One that an exception has woken waits for something else by now.
        if not waiter.gone:
            waiter.greenlet.switch(granted)

    def _is_overdue(self, waiter: Waiter) -> bool:
        return self._clock() - waiter.since > MAX_WAIT_SECONDS
