"""One room at one place in this process: its cells, its attendees, and the state that each audience was sent."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ..core.people import User
from ..core.room_changes import Put
from ..core.visibility import is_counted
from ..transport.frames import Frame
from ..transport.hub import Socket
from .attendees import Attendees
from .batch import Batch
from .board import Board, Json, Numbering, People
from .cells import Cell, Cells, bounded
from .room import Room

NO_PEOPLE, NO_CELLS = Attendees(), Cells()
"""For all rooms that do not say who is in them, and for those without cells of their own; nothing is put into these."""


class LiveRoom:
    """`boards` and `subscribers` by audience. A room with something to tell puts itself into `changed`.

    `signals_due` is when all may hear signals, `load_due` when the durable cells may be loaded again, in the clock's
    seconds; `idle_since` is since when no counted person is here, in the log's. `signals` and `dropped` count the
    signals taken, and those that came when there was no time, while a counted person is here.
    """

    # There is one for each room and lesson where someone is, so it keeps little.
    __slots__ = (
        *("_changed", "_numbering", "_on_gone", "attendees", "batch", "boards", "cells", "dropped", "idle_since"),
        *("load_due", "place", "room", "signals", "signals_due", "subscribers"),
    )

    def __init__(
        self, room: Room, place: str, numbering: Numbering, changed: "set[LiveRoom]", on_gone: Callable[..., None]
    ) -> None:
        self.room, self.place, self._numbering, self._changed = room, place, numbering, changed
        self.cells, self._on_gone = NO_CELLS, on_gone
        self.attendees = Attendees(room.cap) if room.has_people else NO_PEOPLE
        self.batch: Batch | None = None
        self.boards: dict[str, Board] = {}
        self.subscribers: dict[str, dict[str, Socket]] = {}
        self.signals_due = self.load_due = 0.0
        self.idle_since: float | None = None
        self.signals = self.dropped = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remember."""
        return not self.subscribers and not self.cells and self.attendees.is_empty

    @property
    def sockets(self) -> Iterator[Socket]:
        """All pages of this process that have joined here."""
        return iter(list(self.subscribers.get("", {}).values()))

    def values(self, audience: str, loaded: dict[str, Json]) -> dict[str, Json]:
        """The cells of an audience that hold now; `loaded` are the durable ones."""
        return bounded({**loaded, **self.cells.values(audience)})

    @property
    def dirty(self) -> list[str]:
        """The audiences that may have to publish."""
        return [audience for audience, board in self.boards.items() if board.is_dirty]

    def is_noticed(self, audience: str) -> bool:
        """Whether a counted person hears an audience."""
        board = self.boards.get(audience)
        return board is not None and board.is_noticed

    def mark(self, audiences: Iterable[str]) -> None:
        """Note that audiences may have something to hear."""
        for audience in audiences:
            if board := self.boards.get(audience):
                board.is_dirty = True
                self._changed.add(self)

    def take_signal(self, name: str, merge: str, user_id: str, value: Json) -> None:
        """Put a signal of a user, or (merge "") of the server, into the batch, if there is anyone to hear it."""
        slot = self.attendees.slot_of(user_id)
        if not self.is_noticed("") or (merge == "latest" and slot is None):
            return
        batch = self.batch = self.batch or Batch()
        if merge == "latest" and slot is not None:
            batch.latest(name, slot, value)
        elif merge == "sum":
            batch.add(name, value)
        else:
            batch.tell(name, value)
        self.signals += 1
        self._changed.add(self)

    def put_cell(self, audience: str, name: str, cell: Cell | None, keep: int | None = None) -> bool:
        """Set a cell, or delete it (None). Returns False for one that no longer fits."""
        if self.cells is NO_CELLS:
            self.cells = Cells(partial(self._on_gone, self.room, self.place))
        return self.cells.put(audience, name, cell, keep)

    def put_again(self, audience: str, name: str, seen: str) -> Put:
        """The record that puts a cell which is here; `seen` is how its owner is seen."""
        cell = self.cells.get(audience, name)
        return Put(
            self.room.name,
            self.place,
            {name: cell.value},
            audience,
            of=cell.owner,
            seen=seen,
            while_here=cell.while_here,
            until=cell.until,
            made=cell.made,
            node=cell.node,
        )

    def put_attendee(self, user: User, key: str, at: float) -> None:
        """Note that a user has joined, or has changed."""
        self._free(self.attendees.put(user, key, at))

    def remove_attendee(self, user_id: str, at: float) -> None:
        """Note that a user has left on all pages."""
        self._free(self.attendees.remove(user_id, at))
        self.mark(self.cells.leave(user_id))

    def subscribe(self, audience: str, socket: Socket, loaded: dict[str, Json]) -> bool:
        """Let a socket hear an audience. Returns whether those who hear it already need a new state.

        `loaded` are the durable cells, for an audience that no one has heard yet who counts.
        """
        others = self.subscribers.setdefault(audience, {})
        begins = audience not in self.boards or (not self.is_noticed(audience) and is_counted(socket.user))
        if begins:
            self._begin(audience, loaded)
        if is_counted(socket.user):
            self.boards[audience].is_noticed = True
        others[socket.sid] = socket
        return begins and len(others) > 1

    def unsubscribe(self, audience: str, socket: Socket) -> None:
        subscribers = self.subscribers.get(audience, {})
        subscribers.pop(socket.sid, None)
        if audience in self.boards:
            self.renew_notice(audience)
        if not subscribers:
            self.subscribers.pop(audience, None)
            self.boards.pop(audience, None)

    def renew_notice(self, audience: str) -> bool:
        """See again whether anyone in an audience may be noticed. Returns whether its subscribers need a new state."""
        board = self.boards[audience]
        was_noticed = board.is_noticed
        board.is_noticed = any(is_counted(socket.user) for socket in self.subscribers.get(audience, {}).values())
        if was_noticed and not board.is_noticed:
            self._numbering.keep(board.seq)
            if not audience:
                # A hidden reader may keep the room alive; what was counted before must not tell of that.
                self.signals = self.dropped = 0
        elif board.is_noticed and not was_noticed:
            self._begin(audience, board.loaded)
        return board.is_noticed and not was_noticed

    def state(self, audience: str) -> Frame:
        """Everything that an audience has been told."""
        return Frame("room_state", self._head(audience) | self.boards[audience].state())

    def farewell(self, audience: str) -> Frame:
        """The state for a socket that is no longer in an audience: without cells."""
        return Frame("room_state", {**self._head(audience), **self.boards[audience].state(), "cells": {}})

    def publish(self, audience: str) -> Frame | None:
        """The diff that an audience needs, or None when nothing has changed for it."""
        board = self.boards[audience]
        board.is_dirty = False
        diff = board.publish(self.values(audience, board.loaded), self._people(audience), board.is_noticed)
        if diff is None:
            return None
        return Frame("room_diff", self._head(audience) | diff) if board.is_noticed else self.state(audience)

    def _begin(self, audience: str, loaded: dict[str, Json]) -> None:
        """Publish all that holds to no one, as if no one had been here before."""
        board = self.boards.setdefault(audience, Board(self._numbering.epoch, 0))
        board.seq, board.loaded = max(board.seq, self._numbering.last), loaded
        board.publish(self.values(audience, loaded), self._people(audience), is_noticed=False)
        board.is_dirty, board.due = False, 0.0

    def _people(self, audience: str) -> People | None:
        """The people that an audience is told of: that of everyone is, in a room that has people."""
        if audience or not self.room.has_people:
            return None
        return People(self.attendees.faces(), self.attendees.total)

    def _free(self, slot: int | None) -> None:
        self.mark([""])
        if slot is not None and self.batch:
            self.batch.drop(slot)

    def _head(self, audience: str) -> dict[str, Json]:
        return {"room": self.room.name, "place": self.place, "audience": audience}
