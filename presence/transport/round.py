"""One round of the event loop, at whose end the outboxes send what they have for it."""

from collections.abc import Callable
from typing import Protocol


class Flushable(Protocol):
    """See `Outbox`, which is one."""

    def flush(self) -> None: ...


class Round:
    """The outboxes that have something for the end of this round; `schedule` calls a function there."""

    def __init__(self, schedule: Callable[[Callable[[], None]], object]) -> None:
        self._schedule = schedule
        self._outboxes: list[Flushable] = []

    def add(self, outbox: Flushable) -> None:
        self._outboxes.append(outbox)
        if len(self._outboxes) == 1:
            self._schedule(self._end)

    def _end(self) -> None:
        outboxes, self._outboxes = self._outboxes, []
        for outbox in outboxes:
            outbox.flush()
