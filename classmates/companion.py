"""The classmate who stays within a lesson of a real reader, as long as one can be seen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from socketio.exceptions import SocketIOError

from .classmate import Classmate
from .readers import where_to_go
from .script import Step

# Someone who keeps others company takes no break, and reads in one tab.
LEFT_OUT = {"break", "return", "second tab", "close tab"}


class Companion(Classmate):
    """`script_from(place)` makes the script of someone who has just entered a lesson; `is_beside`: they join a reader
    on the next lesson, one step ahead, and not on the reader's own."""

    def __init__(
        self,
        *arguments: Any,
        lessons: Sequence[str],
        script_from: Callable[[str], Iterator[Step]],
        is_beside: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self._lessons, self._script_from, self._is_beside, self._at = lessons, script_from, is_beside, ""

    def _where_to_go(self, at: str) -> str | None:
        return where_to_go(self._lessons, at, self._attention.readers.places(), self._is_beside)

    def _follow(self, step: Step) -> bool:
        if step.action in LEFT_OUT:
            return True
        if step.action != "enter":
            return super()._follow(step)
        place = self._where_to_go(step.place)
        if place and self._at:
            # The next lesson is too far from everyone: read on here.
            self._script = self._script_from(self._at)
            return True
        self._at = step.place
        return super()._follow(step)

    def _respond(self, action: tuple[str, ...]) -> bool:
        if action[0] != "go along":
            return super()._respond(action)
        place = self._where_to_go(self._at)
        if place is None:
            return False
        with suppress(SocketIOError):
            self._enter(place)
            self._at, self._script = place, self._script_from(place)
        return True
