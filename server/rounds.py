"""Rounds of the event loop: how much of one goes to requests and pages, and when the next that has some begins.

A round grants turns for BUDGET_SECONDS, at least one. The next GAP_ROUNDS belong to the sockets: what one of them sends
takes some rounds to reach the others.
"""

from collections.abc import Callable
from typing import Any

BUDGET_SECONDS = 0.004
GAP_ROUNDS = 3
RECHECK_SECONDS = 0.1


class Rounds:
    """`hub` is eventlet's. `is_waited_for` tells whether anyone waits for a turn, `grant_next` grants one if it can."""

    def __init__(
        self, hub: Any, clock: Callable[[], float], is_waited_for: Callable[[], bool], grant_next: Callable[[], bool]
    ) -> None:
        self._hub, self._clock = hub, clock
        self._is_waited_for, self._grant_next = is_waited_for, grant_next
        self._began: float | None = None
        self._timer: Any = None
        self._is_due, self._gap = False, 0

    def has_budget(self) -> bool:
        """Whether this round may go on. The first to ask in a round opens it."""
        if self._began is None:
            self._began = self._clock()
            self.run_soon()
            return True
        return self._clock() - self._began < BUDGET_SECONDS

    def run_soon(self) -> None:
        """Begin another round as soon as the sockets have had theirs."""
        if not self._is_due:
            self._run_after(0)
            self._is_due = True

    def _run_after(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._is_due = self._hub.schedule_call_global(seconds, self._run), False

    def _run(self) -> None:
        self._timer, self._is_due = None, False
        if self._is_waited_for() and self._gap < GAP_ROUNDS:
            self._gap += 1
            self.run_soon()
            return
        self._began, self._gap = None, 0
        while self._is_waited_for() and self.has_budget():
            if not self._grant_next():
                # All that wait need a place. One that becomes free runs the next round, or their wait ends.
                self._began = None
                self._run_after(RECHECK_SECONDS)
                return
