"""All rooms at all places of this process, and which of them have to be published, loaded or forgotten.

Everything here is called with the node locked.
"""

from collections.abc import Collection, Iterator
from functools import partial

from ..change_log import CellId
from ..core.payloads import Json
from ..core.places import SITE, topics_of
from ..core.roster import Roster
from .board import Numbering
from .cells import Cell, Cells
from .live_room import LiveRoom
from .rejected import Rejected
from .room import Room

FORGET_SECONDS = 600.0
"""The cells of a place where no counted person has been for so long are forgotten."""
SWEEP_SECONDS = 10.0
NEVER = float("inf")


class Host:
    """`registered` by name, `live` by name and place. Of the live ones `changed` may have to publish, `exposed` have to
    at once, because someone has become less visible, and `stale` have durable cells that must be loaded again.

    `to_admit`: the (user id, room, place) whose audiences have to be asked for again, and when, in the clock's seconds.
    `gone`: the cells that have ended by themselves; `ended`: the same with their values, for the code of their rooms.
    `stales` counts.
    """

    def __init__(self, roster: Roster, epoch: str) -> None:
        self._roster, self._numbering = roster, Numbering(epoch)
        self.registered: dict[str, Room] = {}
        self.live: dict[tuple[str, str], LiveRoom] = {}
        self._of_site: dict[str, Cells] = {}
        self.changed: set[LiveRoom] = set()
        self.exposed: set[LiveRoom] = set()
        self.stale: set[LiveRoom] = set()
        self.to_admit: dict[tuple[str, str, str], float] = {}
        self.stales = 0
        self.gone: list[CellId] = []
        self.ended: list[tuple[Room, str, str, str, Json]] = []
        self._refresh_at: dict[tuple[str, str, float], None] = {}
        self._swept_at, self._cells_due = 0.0, NEVER

    def register(self, room: Room) -> None:
        """Raises ValueError for a name that is taken."""
        if room.name in self.registered:
            raise ValueError(f"There is a room {room.name!r} already.")
        self.registered[room.name] = room
        self._of_site[room.name] = Cells(partial(self._on_gone, room, SITE))

    def find(self, name: str) -> Room:
        """The room of a name. Raises Rejected when there is none."""
        if name not in self.registered:
            raise Rejected(f"There is no room {name[:100]!r}.")
        return self.registered[name]

    def open(self, room: Room, place: str) -> LiveRoom:
        """A room at a place, made if it is not there yet."""
        if (room.name, place) not in self.live:
            of_site = self._of_site[room.name]
            self.live[room.name, place] = LiveRoom(room, place, self._numbering, self.changed, self._on_gone, of_site)
        return self.live[room.name, place]

    def mark(self, live: LiveRoom, audiences: Collection[str]) -> Collection[LiveRoom]:
        """Note that audiences may have to publish; named ones of the site at all places. Returns the rooms noted."""
        live.mark(audiences)
        named = [audience for audience in audiences if audience]
        if live.place != SITE or not named:
            return (live,)
        others = [other for other in self.live.values() if other.room is live.room and other is not live]
        for other in others:
            other.mark(named)
        return (live, *others)

    def _on_gone(self, room: Room, place: str, audience: str, name: str, cell: Cell) -> None:
        self.gone.append((room.name, place, audience, name, cell.made))
        self.ended.append((room, place, audience, name, cell.value))

    def here(self, place: str) -> Iterator[LiveRoom]:
        """The live rooms of a place."""
        return (self.live[name, place] for name in self.registered if (name, place) in self.live)

    def tidy(self, live: LiveRoom) -> None:
        """Forget a room at a place if there is nothing to remember."""
        if live.is_empty:
            self.live.pop((live.room.name, live.place), None)
            for some in (self.changed, self.exposed, self.stale):
                some.discard(live)

    def make_stale(self, name: str, place: str) -> None:
        """Have the durable cells of a room loaded again, if anyone is subscribed."""
        self.stales += 1
        live = self.live.get((name, place))
        if live and live.audiences:
            self.stale.add(live)

    def make_stale_at(self, name: str, place: str, moment: float) -> None:
        """Have the durable cells of a room loaded again at a moment, in the log's seconds."""
        self._refresh_at[name, place, moment] = None

    def make_all_stale(self) -> None:
        """Have everything loaded and asked for again: something may have been missed."""
        for name, place in self.live:
            self.make_stale(name, place)
        for live in self.live.values():
            for socket in live.sockets:
                self.to_admit[socket.user.id, live.room.name, live.place] = 0.0

    def note_expiry(self, until: float) -> None:
        """A new cell lives until a moment."""
        self._cells_due = min(self._cells_due, until)

    def expire(self, now: float) -> None:
        """Remove what has ended by `now`, in the log's seconds."""
        for key in [key for key in self._refresh_at if key[2] <= now]:
            del self._refresh_at[key]
            self.make_stale(key[0], key[1])
        if now >= self._cells_due:
            for live in self.live.values():
                self.mark(live, live.cells.expire(now))
            expiries = (live.cells.next_expiry() for live in self.live.values())
            self._cells_due = min((moment for moment in expiries if moment is not None), default=NEVER)
        if now - self._swept_at >= SWEEP_SECONDS or now < self._swept_at:
            self._swept_at = now
            for live in list(self.live.values()):
                self._sweep(live, now)

    def next_expiry(self) -> float | None:
        """The moment when `expire` has something to do next; None when nothing will end."""
        moments = [self._cells_due, *(key[2] for key in self._refresh_at)]
        moments += [self._swept_at + SWEEP_SECONDS] if self.live else []
        return None if min(moments) == NEVER else min(moments)

    def _sweep(self, live: LiveRoom, now: float) -> None:
        """Forget the cells of a place that everyone has left long ago."""
        if live.attendees.total or self._people_at(live.place):
            live.idle_since = None
        elif live.idle_since is None:
            live.idle_since = now
        elif now - live.idle_since >= FORGET_SECONDS:
            self.mark(live, live.cells.clear())
        live.attendees.expire(now)
        self.tidy(live)

    def _people_at(self, place: str) -> int:
        """The number of people counted at a place or below it."""
        topic = self._roster.topic(topics_of(place)[-1])
        return topic.total if topic.path == place else topic.count(place.rpartition("/")[2])
