"""One room at one place in this process: its cells, its attendees, and the state that each audience was sent."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ..core.payloads import Json
from ..core.people import User
from ..core.places import SITE
from ..transport.frames import Frame
from ..transport.socket import Socket
from .attendees import Attendees
from .audience import Audience
from .batch import Batch, SentSignal
from .board import Numbering
from .cells import Cell, Cells, bounded
from .room import Room

NO_PEOPLE, NO_CELLS = Attendees(), Cells()
"""Shared by all rooms that do not say who is in them, or have no cells of their own; nothing is put into these."""


class LiveRoom:
    """`audiences` by name, those that have sockets here. A room that may have to publish puts itself into `changed`.

    `signals_due` is when signals may be sent, `load_due` when the durable cells may be loaded again, in the clock's
    seconds; `idle_since` is since when no counted person is here, in the log's. `signals` and `dropped` count the
    signals taken, and those that came when there was no time, while a counted person is here. `of_site` are the cells
    that the room has for the whole site.
    """

    # There is one for each room and lesson where someone is, so it keeps little.
    __slots__ = (
        *("_changed", "_numbering", "_on_gone", "attendees", "audiences", "batch", "cells", "dropped", "idle_since"),
        *("load_due", "of_site", "place", "room", "signals", "signals_due"),
    )

    def __init__(
        self,
        room: Room,
        place: str,
        numbering: Numbering,
        changed: "set[LiveRoom]",
        on_gone: Callable[..., None],
        of_site: Cells,
    ) -> None:
        self.room, self.place, self._numbering, self._changed = room, place, numbering, changed
        self.of_site, self._on_gone = of_site, on_gone
        self.cells = of_site if place == SITE else NO_CELLS
        self.attendees = Attendees(room.cap) if room.has_people else NO_PEOPLE
        self.batch: Batch | None = None
        self.audiences: dict[str, Audience] = {}
        self.signals_due = self.load_due = 0.0
        self.idle_since: float | None = None
        self.signals = self.dropped = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remember."""
        return not self.audiences and not self.cells and self.attendees.is_empty

    @property
    def sockets(self) -> Iterator[Socket]:
        """All pages of this process that have joined here."""
        return iter(self.sockets_of(""))

    @property
    def size(self) -> int:
        """The number of pages of this process that have joined here."""
        return len(self.audiences[""].sockets) if "" in self.audiences else 0

    def states(self, audiences: Iterable[str]) -> list[Frame]:
        """The states of audiences that have sockets here."""
        return [self.audiences[audience].state() for audience in audiences]

    def values(self, audience: str, loaded: dict[str, Json]) -> dict[str, Json]:
        """The cells of an audience that hold now; `loaded` are the durable ones."""
        of_site = self.of_site.values(audience) if audience else {}
        return bounded({**loaded, **of_site, **self.cells.values(audience)})

    def sockets_of(self, audience: str) -> list[Socket]:
        """The pages of this process that are in an audience."""
        found = self.audiences.get(audience)
        return list(found.sockets.values()) if found else []

    @property
    def dirty(self) -> list[Audience]:
        """The audiences that may have to publish."""
        return [audience for audience in self.audiences.values() if audience.is_dirty]

    def is_noticed(self, audience: str) -> bool:
        """Whether a counted person is in an audience."""
        found = self.audiences.get(audience)
        return found is not None and found.is_noticed

    def mark(self, audiences: Iterable[str]) -> None:
        """Note that audiences may have to publish."""
        for audience in audiences:
            if found := self.audiences.get(audience):
                found.is_dirty = True
                self._changed.add(self)

    def take_signal(self, signal: SentSignal) -> None:
        """Put a signal into the batch, if there is anyone to get it."""
        slot = self.attendees.slot_of(signal.user_id)
        if not self.is_noticed("") or (signal.merge == "latest" and slot is None):
            return
        batch = self.batch = self.batch or Batch()
        if signal.merge == "latest" and slot is not None:
            batch.latest(signal.name, slot, signal.value)
        elif signal.merge == "sum":
            batch.add(signal.name, signal.value)
        else:
            batch.put(signal.name, signal.value)
        self.signals += 1
        self._changed.add(self)

    def put_cell(self, audience: str, name: str, cell: Cell | None, keep: int | None = None) -> bool:
        """Set a cell, or delete it (None). Returns False for one that no longer fits."""
        if self.cells is NO_CELLS:
            self.cells = Cells(partial(self._on_gone, self.room, self.place))
        return self.cells.put(audience, name, cell, keep)

    def put_attendee(self, user: User, key: str, at: float) -> None:
        """Note that a user has joined, or has changed."""
        self._free(self.attendees.put(user, key, at))

    def remove_attendee(self, user_id: str, at: float) -> None:
        """Note that a user has left on all pages."""
        self._free(self.attendees.remove(user_id, at))
        self.mark(self.cells.leave(user_id))

    def subscribe(self, audience: str, socket: Socket, loaded: dict[str, Json]) -> bool:
        """Put a socket into an audience. Returns whether its others need a new state: see `Audience.add`."""
        if audience not in self.audiences:
            self.audiences[audience] = Audience(audience, self, self._numbering)
        return self.audiences[audience].add(socket, loaded)

    def unsubscribe(self, audience: str, socket: Socket) -> None:
        """Take a socket out of an audience. Not an error for one that is not in it."""
        if left := self.audiences.get(audience):
            left.remove(socket)
            if not left.sockets:
                del self.audiences[audience]

    def _free(self, slot: int | None) -> None:
        self.mark([""])
        if slot is not None and self.batch:
            self.batch.drop(slot)
