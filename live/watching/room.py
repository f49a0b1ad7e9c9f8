"""The room of those who watch a video together.

Cells for everyone: `<video>` the shared clock, `<video>:by` who gave the last order (10 s), `<video>:lead` the
instructor who leads; and the lines of the chat (chat_room.py).
"""

from typing import Literal

from live.participants import require_instructor
from presence import Place, Presence
from presence.rooms import Attendee, Face, Rejected, call, signal

from .chat_room import ChatRoom
from .order_rate import OrderRate
from .shared_clock import SPEEDS, SharedClock
from .videos import Videos
from .words import duration

BY_SECONDS = 10
Did = Literal["play", "pause", "seek", "speed"]


class Watching(ChatRoom):
    name = "watching"
    has_people = True

    def __init__(self, presence: Presence, videos: Videos) -> None:
        super().__init__(presence, videos)
        self._orders = OrderRate()

    def opens_at(self, place: Place) -> bool:
        return bool(self._videos.at(place.path))

    @call(per_second=4, burst=8, open_to="signed in")
    def clock(self, who: Attendee) -> dict[str, int]:
        """The log's time, by which positions are computed."""
        return {"now": self.now_ms()}

    @call(per_second=1, open_to="counted")
    def control(self, who: Attendee, video: str, did: Did, at: float = 0.0, rate: float = 1.0) -> None:
        """Play, pause, go to a position or change the speed, for everyone."""
        found = self._videos.find(who.place, video)
        self._check_leader(who, found.id)
        if not self._orders.allow(who.place, self.now()):
            raise Rejected("Someone else is using the controls. Try again.")
        now, cells = self.now_ms(), self.cells(who.place)
        clock = SharedClock.of(cells.get(found.id)) or SharedClock(False, min(max(at, 0.0), found.length), now)
        changed, words = ordered(clock, did, at, rate, now, found.length)
        self.put(who.place, {found.id: changed.cell()})
        until = self.now() + BY_SECONDS
        # Without a face there is no owner: nothing in the cell tells who it was.
        of = who if who.face else None
        self.put(who.place, {f"{found.id}:by": {"by": who.face, "did": words}}, of=of, until=until)

    @call(per_second=1)
    def lead(self, who: Attendee, video: str, on: bool) -> None:
        """Take the controls as an instructor, or give them back to everyone."""
        found = self._videos.find(who.place, video)
        if on or not self._leads(who, found.id):
            # Someone who leads and is an instructor no longer can still give the controls back.
            require_instructor(who, "Only an instructor can lead.")
        self._check_leader(who, found.id)
        self.put(who.place, {f"{found.id}:lead": {"by": who.face} if on else None}, of=who, while_here=True)

    @signal(hz=4, merge="sum")
    def burst(self, who: Attendee, value: int) -> int:
        """Clap for what is on the screen."""
        return min(max(value, 0), 3)

    def _check_leader(self, who: Attendee, video: str) -> None:
        leader = self._leader(who.place, video)
        if leader and not self._leads(who, video):
            raise Rejected(f"{leader['name']} is leading. Only they can control the video.")

    def _leads(self, who: Attendee, video: str) -> bool:
        leader = self._leader(who.place, video)
        return leader is not None and leader["key"] == who.key

    def _leader(self, place: str, video: str) -> Face | None:
        cell: dict[str, Face] = self.cells(place).get(f"{video}:lead") or {}
        return cell.get("by")


def ordered(clock: SharedClock, did: str, at: float, rate: float, now: int, length: float) -> tuple[SharedClock, str]:
    """The clock after an order, and the order in words."""
    if did == "play":
        return clock.played(now, length), "pressed play"
    if did == "pause":
        return clock.paused(now, length), "paused"
    if did == "seek":
        moved = clock.sought(now, at, length)
        return moved, f"jumped to {duration(moved.at)}"
    if rate not in SPEEDS:
        raise Rejected(f"A speed is one of {', '.join(f'{one:g}' for one in SPEEDS)}, not {rate:g}.")
    return clock.at_speed(now, rate, length), f"set the speed to {rate:g}"
