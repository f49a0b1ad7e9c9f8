"""Socket.IO's register of connections and rooms, made cheap for a crowd.

Socket.IO looks for a connection that ends in all rooms that there are, and each connection has a room of its own: with
ten thousand connected, each end cost more than a millisecond. Its rooms are two-way maps written in Python, whose
members it gives out one at a time: a tenth of a busy day's CPU. Here they are dicts.
"""

from collections.abc import Iterable
from typing import Any

import socketio

Names = str | None | list[str] | tuple[str, ...]


class SocketManager(socketio.Manager):  # type: ignore[misc]
    """Give it to Socket.IO as `client_manager`."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[str]] = {}

    def get_participants(self, namespace: str, room: Names) -> Iterable[tuple[str, str]]:
        """The (sid, Engine.IO sid) of all in a room, or in any of several."""
        rooms, members = self.rooms.get(namespace, {}), dict[str, str]()
        for name in room if isinstance(room, list | tuple) else (room,):
            members.update(rooms.get(name, {}))
        return members.items()

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        # Of the connections, whose room has no name, Socket.IO asks in both directions.
        if room is not None and namespace in self.rooms:
            self.rooms[namespace].setdefault(room, {})
        super().basic_enter_room(sid, namespace, room, eio_sid)
        if room is not None and room != sid:
            self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        super().basic_leave_room(sid, namespace, room)
        rooms = self._rooms_of.get((namespace, sid))
        if rooms and room in rooms:
            rooms.remove(room)
            if not rooms:
                del self._rooms_of[namespace, sid]

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        for room in (*self._rooms_of.get((namespace, sid), ()), sid, None):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]
