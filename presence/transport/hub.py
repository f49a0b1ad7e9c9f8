"""The open sockets of this process: whose they are, where they are, and how to close them.

Identity is read from the session once, when a socket connects, and cached here; profile changes and sign-outs from the
log keep the cache true, so no event costs a query.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import socketio

from ..core.changes import SignOut
from ..core.people import User
from ..core.visibility import is_counted
from .frames import NAMESPACE
from .rate_limit import CONNECTIONS_OF_ONE_USER, EventRateLimit
from .socket import Socket
from .writer import Writer


class Hub:
    """All sockets, by Socket.IO sid. `rejected` counts those that were closed for what they sent or did not read."""

    def __init__(self, server: socketio.Server, writer: Writer) -> None:
        self._server, self._writer = server, writer
        self._by_sid: dict[str, Socket] = {}
        self._of_user: dict[str, set[str]] = {}
        self.rejected = 0

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Socket]:
        return iter(list(self._by_sid.values()))

    def get(self, sid: str) -> Socket | None:
        return self._by_sid.get(sid)

    def of(self, user_id: str) -> list[Socket]:
        return [self._by_sid[sid] for sid in self._of_user.get(user_id, ())]

    def is_full(self, user_id: str) -> bool:
        """Return whether a user has as many sockets as one user may have."""
        return len(self._of_user.get(user_id, ())) >= CONNECTIONS_OF_ONE_USER

    def add(self, sid: str, user: User, environ: dict[str, Any]) -> Socket:
        engine_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        socket = self._by_sid[sid] = Socket(sid, engine_sid, user, EventRateLimit(), environ)
        self._writer.open(engine_sid)
        self._of_user.setdefault(user.id, set()).add(sid)
        return socket

    def remove(self, sid: str) -> Socket | None:
        socket = self._by_sid.pop(sid, None)
        if socket:
            self._writer.forget(socket.engine_sid)
            sids = self._of_user[socket.user.id]
            sids.discard(sid)
            if not sids:
                del self._of_user[socket.user.id]
        return socket

    def update_profile(self, user: User) -> list[Socket]:
        """Cache a newer profile; each socket keeps the sign-in it came with.

        Returns the sockets for which others see the user under another visibility or alias now.
        """
        changed = []
        for socket in self.of(user.id):
            before = socket.user
            if user.revision >= before.revision:
                socket.user = replace(user, session=before.session)
                if (user.visibility, user.alias) != (before.visibility, before.alias):
                    changed.append(socket)
        return changed

    def ended_by(self, change: SignOut) -> list[Socket]:
        return [socket for socket in self.of(change.user_id) if change.ends(socket.user)]

    def subscribe(self, socket: Socket, topics: tuple[str, ...]) -> tuple[str, ...]:
        """Put a socket into the rooms of `topics` and out of all others. Returns the topics that are new to it.

        Raises KeyError when the socket has closed meanwhile.
        """
        socket.resynced.clear()
        before = socket.topics
        if topics == before:
            return ()
        for topic in before:
            if topic not in topics:
                self._server.leave_room(socket.sid, room_of(topic), NAMESPACE)
        new = tuple([topic for topic in topics if topic not in before])
        if new and socket.sid not in self._by_sid:
            raise KeyError(socket.sid)
        for topic in new:
            self._server.enter_room(socket.sid, room_of(topic), NAMESPACE)
        socket.topics = topics
        return new

    def watching(self, topic: str) -> list[str]:
        """The Engine.IO sids of those subscribed to a topic."""
        return list(self._room(topic).values())

    def is_watched(self, topic: str) -> bool:
        """Return whether a user who is counted is subscribed to a topic."""
        return any(is_counted(self._by_sid[sid].user) for sid in self._room(topic) if sid in self._by_sid)

    def audience(self, topic: str) -> int:
        """The number of sockets subscribed to a topic."""
        return len(self._room(topic))

    def unfinished(self) -> set[str]:
        """The Engine.IO sids of open transports that have not connected to Socket.IO, or not yet."""
        return set(self._server.eio.sockets) - {socket.engine_sid for socket in self}

    def reject(self, socket: Socket) -> None:
        """Hang up a socket for what it sent or did not read."""
        self.rejected += 1
        self.hang_up(socket)

    def hang_up(self, socket: Socket) -> None:
        """Close a socket for good: Socket.IO's own disconnect leaves the transport open for another try."""
        self._server.disconnect(socket.sid, NAMESPACE)
        self._writer.close(socket.engine_sid)

    def _room(self, topic: str) -> Mapping[str, str]:
        """The Engine.IO sids of the members of a topic's room, by sid. To ask `get_participants` would copy them."""
        room: Mapping[str, str] = self._server.manager.rooms.get(NAMESPACE, {}).get(room_of(topic), {})
        return room


def room_of(topic: str) -> str:
    """The Socket.IO room of a topic. Never empty: an emit to an empty room name goes to everyone."""
    return f"presence:{topic}"
