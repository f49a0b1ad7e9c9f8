"""Socket.IO's register of connections and rooms, which forgets a connection in the time that one takes.

Socket.IO looks for a connection that ends in all rooms that there are, and each connection has a room of its own: with
ten thousand connected, each end cost more than a millisecond.
"""

from typing import Any

import socketio


class SocketManager(socketio.Manager):  # type: ignore[misc]
    """Give it to Socket.IO as `client_manager`."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[str]] = {}

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
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
