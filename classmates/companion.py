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
    """`script_from(place)` makes the script of someone who has just entered a lesson."""

    def __init__(
        self, *arguments: Any, lessons: Sequence[str], script_from: Callable[[str], Iterator[Step]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._lessons, self._script_from, self._at = lessons, script_from, ""

    def _follow(self, step: Step) -> bool:
        if step.action in LEFT_OUT:
            return True
        if step.action != "enter":
            return super()._follow(step)
        place = where_to_go(self._lessons, step.place, self._attention.readers.places())
        if place and self._at:
            # The next lesson is too far from everyone: read on here.
            self._script = self._script_from(self._at)
            return True
        self._at = step.place
        return super()._follow(step)

    def _goes(self, action: tuple[str, ...]) -> bool:
        if action[0] != "go along":
            return super()._goes(action)
        place = where_to_go(self._lessons, self._at, self._attention.readers.places())
        if place is None:
            return False
        with suppress(SocketIOError):
            self._enter(place)
            self._at, self._script = place, self._script_from(place)
        return True
