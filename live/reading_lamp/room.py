"""The reading lamp of the lesson "Write your own room": a reader switches it, and all the others see it."""

from typing import Literal

from presence import Place
from presence.rooms import Attendee, Room, call

LESSON = "realtime/proof/own-room"


class ReadingLamp(Room):
    name = "reading-lamp"
    has_people = True

    def opens_at(self, place: Place) -> bool:
        return place.path == LESSON

    @call(per_second=2)
    def switch(self, who: Attendee, on: bool, colour: Literal["warm", "cool"] = "warm") -> None:
        """Set the lamp for everyone here. It goes off when the one who set it becomes less visible."""
        self.put(who.place, lamp={"on": on, "colour": colour, "by": who.name}, of=who)
