"""Rooms: what the people at one place share besides being there, in a few lines of the site's own code.

    from presence.rooms import Attendee, Room, Rejected, call, signal

    class Lamp(Room):
        name = "lamp"
        has_people = True

        @call(per_second=2)
        def switch(self, who: Attendee, on: bool):
            self.put(who.place, lamp={"on": on, "by": who.key}, of=who)

        @signal(merge="sum")
        def claps(self, who: Attendee, value: int):
            return min(max(value, 0), 5)

    Lamp(presence)

A room has cells (named small values, sent as a state, then diffs), people (who has joined it), signals (volatile, sent
in batches, never stored) and calls (asked for and answered). `docs/rooms.md` explains it step by step.

Where to read on: `room` and `decorators` (the public class); `schema`, `cells`, `board`, `attendees`, `batch` and
`joins` (pure); `host` (all rooms of this process), with `live_room` and `audience`; `effects` and `seating` (what the
log does to them); `subscriptions` and `actions` (what clients ask for); `loader` and `refresher` (what the rooms' own
code is asked for); `publisher` (what is sent, and when).
"""

from ..core.people import Face
from .attendee import Attendee
from .decorators import call, signal
from .overview import RoomRow
from .rejected import Rejected
from .room import Room

__all__ = ["Attendee", "Face", "Rejected", "Room", "RoomRow", "call", "signal"]
