"""Where changes get their order and their moment.

A log has `append(change)`; it calls `apply(change, at)` for every change in the one order that all readers agree on,
its own changes included, `at` being Unix seconds. LocalLog serves one process and needs nothing.
"""

from collections.abc import Callable
from typing import Protocol

from .change import Change

Apply = Callable[[Change, float], None]


class Log(Protocol):
    def append(self, change: Change) -> None:
        """Put a change into the order. It has taken effect here when `apply` has been called with it."""


class LocalLog:
    """The order in which this process saw it happen; a change has taken effect when `append` returns."""

    def __init__(self, apply: Apply, clock: Callable[[], float]) -> None:
        self._apply, self._clock = apply, clock

    def append(self, change: Change) -> None:
        self._apply(change, self._clock())
