"""The room of the study timer. Its one cell says when the round began, by the clock that all processes share.

{"since": ms, "paused_at": ms or null}     so late joiners compute what is left, and agree
"""

from typing import Annotated, Any

from courses import Course, Lesson, current_catalog
from live import plain_words
from presence import Place
from presence.rooms import Attendee, Rejected, Room, call

WORK_SECONDS, REST_SECONDS = 25 * 60, 5 * 60
ROUND_SECONDS = WORK_SECONDS + REST_SECONDS


class StudyTimer(Room):
    name = "timer"
    has_people = True

    def opens_at(self, place: Place) -> bool:
        return self.is_open(place.path)

    def is_open(self, path: str) -> bool:
        """Whether there is a timer at a place: a lesson or a course page of a course that has not switched it off."""
        found = current_catalog().find(path)
        if isinstance(found, Course):
            return any(lesson.timer for lesson in found.lessons)
        return isinstance(found, Lesson) and found.timer

    @call(per_second=1, open_to="counted")
    def start(self, who: Attendee) -> None:
        """Begin a round, or go on with the one that is paused."""
        now, last = self._now_ms(), self.cells(who.place).get("timer")
        if last and last["paused_at"] is not None and self._is_under_way(last, last["paused_at"]):
            since = last["since"] + now - last["paused_at"]
        elif last and self._is_under_way(last, now):
            raise Rejected("The timer is already running.")
        else:
            since = now
        self._set(who, since, None)

    @call(per_second=1, open_to="counted")
    def pause(self, who: Attendee) -> None:
        """Hold the round that is running."""
        now, last = self._now_ms(), self.cells(who.place).get("timer")
        if not last or last["paused_at"] is not None or not self._is_under_way(last, now):
            raise Rejected("The timer is not running.")
        self._set(who, last["since"], now)

    @call(per_second=1, burst=3)
    def plan(self, who: Attendee, words: Annotated[str, 80]) -> None:
        """Show a plan beside the caller's face; one with nothing to read removes it."""
        words = plain_words.plain(words)
        plan = {"by": who.face, "words": words} if words else None
        self.put(who.place, {f"plan:{who.slot}": plan}, of=who, while_here=True)

    @call(per_second=4, open_to="signed in")
    def clock(self, who: Attendee) -> dict[str, int]:
        """The moment by the clock that all processes share, for a page to set its own by."""
        return {"now": self._now_ms()}

    def _now_ms(self) -> int:
        return round(self.now() * 1000)

    def _set(self, who: Attendee, since: int, paused_at: int | None) -> None:
        self.put(who.place, timer={"since": since, "paused_at": paused_at})

    def _is_under_way(self, timer: dict[str, Any], now: int) -> bool:
        return now - timer["since"] < ROUND_SECONDS * 1000
