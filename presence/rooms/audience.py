"""Those in a room at one place who get the same cells. The audience "" is everyone."""

from typing import TYPE_CHECKING

from ..core.payloads import Json
from ..core.visibility import is_counted
from ..transport.frames import Frame
from ..transport.socket import Socket
from .board import Board, Numbering, People

if TYPE_CHECKING:
    from .live_room import LiveRoom


class Audience:
    """`sockets` by sid, `loaded` their durable cells; `is_noticed`: whether a counted person is among them, `is_dirty`:
    whether there may be something to publish, `due`: when the next diff may be sent, in the clock's seconds.
    """

    __slots__ = ("_live", "_numbering", "board", "due", "is_dirty", "is_noticed", "loaded", "name", "sockets")

    def __init__(self, name: str, live: "LiveRoom", numbering: Numbering) -> None:
        self.name, self._live, self._numbering = name, live, numbering
        self.board = Board(numbering.epoch, 0)
        self.sockets: dict[str, Socket] = {}
        self.loaded: dict[str, Json] = {}
        self.is_noticed = self.is_dirty = False
        self.due = 0.0

    def add(self, socket: Socket, loaded: dict[str, Json]) -> bool:
        """Take in a socket. Returns whether those who are here already need a new state.

        `loaded` are the durable cells, for an audience in which no one has counted yet.
        """
        begins = not self.sockets or (not self.is_noticed and is_counted(socket.user))
        if begins:
            self._begin(loaded)
        self.is_noticed |= is_counted(socket.user)
        self.sockets[socket.sid] = socket
        return begins and len(self.sockets) > 1

    def remove(self, socket: Socket) -> None:
        self.sockets.pop(socket.sid, None)
        self.renew_notice()

    def renew_notice(self) -> bool:
        """Check again whether anyone here may be noticed. Returns whether the sockets need a new state."""
        was_noticed, self.is_noticed = self.is_noticed, any(is_counted(one.user) for one in self.sockets.values())
        if was_noticed and not self.is_noticed:
            self._numbering.keep(self.board.seq)
            if not self.name:
                # A hidden reader may keep the room alive; the counts from before must not reveal that.
                self._live.signals = self._live.dropped = 0
        elif self.is_noticed and not was_noticed:
            self._begin(self.loaded)
        return self.is_noticed and not was_noticed

    def state(self) -> Frame:
        """Everything that was published to them."""
        return Frame("room_state", self._head() | self.board.state())

    def empty_state(self) -> Frame:
        """The state for a socket that is no longer one of them: without cells."""
        return Frame("room_state", {**self._head(), **self.board.state(), "cells": {}})

    def publish(self) -> Frame | None:
        """The diff that they need, or None when nothing has changed for them."""
        self.is_dirty = False
        diff = self.board.publish(self._cells(), self._people(), self.is_noticed)
        if diff is None:
            return None
        return Frame("room_diff", self._head() | diff) if self.is_noticed else self.state()

    def _begin(self, loaded: dict[str, Json]) -> None:
        """Publish all that holds to no one, as if no one had been here before."""
        self.board.seq, self.loaded = max(self.board.seq, self._numbering.last), loaded
        self.board.publish(self._cells(), self._people(), is_noticed=False)
        self.is_dirty, self.due = False, 0.0

    def _cells(self) -> dict[str, Json]:
        return self._live.values(self.name, self.loaded)

    def _people(self) -> People | None:
        """The people, for the audience of everyone in a room that has people."""
        if self.name or not self._live.room.has_people:
            return None
        return People(self._live.attendees.faces(), self._live.attendees.total)

    def _head(self) -> dict[str, Json]:
        return {"room": self._live.room.name, "place": self._live.place, "audience": self.name}
