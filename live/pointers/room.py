"""The room of those who share where they read and point. Nothing is kept: a pointer is a signal."""

from presence.rooms import Attendee, Room, signal

from .anchor import is_anchor


class Pointers(Room):
    """The lesson is one area of interest: one frame for all costs less than one for each window."""

    name = "pointers"
    has_people = True
    cap = 30

    @signal(hz=10, merge="latest")
    def at(self, who: Attendee, value: list[int]) -> list[int] | None:
        return value if is_anchor(value) else None
