"""The room of a lesson's reactions: the numbers of each chapter, and the call that sets one."""

from live.lessons import lesson_at
from live.participants import caller, require_simulated
from presence import Presence
from presence.rooms import Attendee, Rejected, Room, call

from .service import Reactions


class ReactionRoom(Room):
    name = "reactions"
    tick = 0.2

    def __init__(self, presence: Presence, reactions: Reactions) -> None:
        self._reactions = reactions
        super().__init__(presence)
        reactions.changed = self.refresh

    def load(self, place: str, audience: str) -> dict[str, dict[str, int]]:
        lesson = lesson_at(place)
        return self._reactions.cells(lesson) if lesson else {}

    @call(per_second=6, open_to="signed in")
    def react(self, who: Attendee, at: str, kind: str, on: bool) -> dict[str, int]:
        """Returns the numbers of the chapter, this reaction included."""
        lesson = lesson_at(who.place)
        if lesson is None:
            raise Rejected(f"There is no lesson at '{who.place}'.")
        return self._reactions.react(caller(who), lesson, at, kind, on)

    @call(per_second=2, open_to="signed in")
    def forget(self, who: Attendee) -> None:
        """Forget what all simulated classmates have left here and elsewhere, as one of them asks."""
        require_simulated(who)
        self._reactions.forget_simulated()
