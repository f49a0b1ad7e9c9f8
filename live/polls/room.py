"""The room of a lesson's polls: tells open pages what cells.py says, and takes answers and rounds."""

from collections.abc import Iterable
from typing import Any

from courses import Lesson
from live.lessons import lesson_at
from live.participants import caller, require_simulated
from presence import Presence
from presence.rooms import Attendee, Rejected, Room, call

from . import store
from .cells import TEACHING, answered
from .service import Polls


class PollRoom(Room):
    name = "polls"
    # Those who have answered hear two audiences, so at most four events a second with room to spare.
    tick = 0.6

    def __init__(self, presence: Presence, polls: Polls) -> None:
        self._polls = polls
        super().__init__(presence)
        polls.changed = self.refresh
        polls.answered = lambda user_id, place: self.admit(str(user_id), place)

    def load(self, place: str, audience: str) -> dict[str, Any]:
        lesson = lesson_at(place)
        return self._polls.cells_of(lesson, audience) if lesson else {}

    def audiences(self, who: Attendee) -> Iterable[str]:
        yield from map(answered, store.answered_polls(int(who.id), who.place))
        # Asked for, because the page may be open since the role was lost; of everyone it would cost each join a query.
        if who.role == "instructor" and caller(who).is_instructor:
            yield TEACHING

    @call(per_second=2, open_to="signed in")
    def answer(self, who: Attendee, poll: str, option: str) -> dict[str, bool | str | None]:
        reply = self._polls.answer(caller(who), _lesson(who), poll, option)
        return {"right": reply.right, "explain": reply.explain}

    @call(per_second=2, open_to="signed in")
    def ask(self, who: Attendee, poll: str, seconds: int = 0) -> None:
        self._polls.ask(caller(who), _lesson(who), poll, seconds)

    @call(per_second=2, open_to="signed in")
    def close(self, who: Attendee, poll: str) -> None:
        self._polls.close(caller(who), _lesson(who), poll)

    @call(per_second=2, open_to="signed in")
    def show(self, who: Attendee, poll: str) -> None:
        self._polls.show(caller(who), _lesson(who), poll)

    @call(per_second=2, open_to="signed in")
    def forget(self, who: Attendee) -> None:
        """Forget what all simulated classmates have left here and elsewhere, as one of them asks."""
        require_simulated(who)
        self._polls.forget_simulated()


def _lesson(who: Attendee) -> Lesson:
    lesson = lesson_at(who.place)
    if lesson is None:
        raise Rejected(f"There is no lesson at '{who.place}'.")
    return lesson
