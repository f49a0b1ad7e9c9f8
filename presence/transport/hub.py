"""The open sockets of this process: whose they are, where they are, and how to close them.

Identity is read from the session once, when a socket connects, and cached here; `profile` and `sign out` records keep
the cache true, so no event costs a query.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from socket import SHUT_RDWR

from ..core.changes import SignOut
from ..core.people import User, is_counted
from .frames import NAMESPACE, Frame, Frames, framed
from .rate_limit import CONNECTIONS_OF_ONE_USER, Meter
from .writer import Direct


@dataclass(slots=True)
class Socket:
    """One open socket. `topics` are those it is subscribed to; empty until it has entered a place.

    `status` is what it said last, which it may say before it has entered.
    """

    sid: str
    engine_sid: str
    user: User
    meter: Meter
    environ: dict
    place: str | None = None
    status: str | None = None
    topics: tuple[str, ...] = ()
    signed_out: bool = False


class Sockets:
    """All sockets, by Socket.IO sid."""

    def __init__(self, server) -> None:
        self._server = server
        self._by_sid: dict[str, Socket] = {}
        self._of_user: dict[str, set[str]] = {}
        self._direct: dict[str, Direct] = {}
        # Socket.IO's own answers take the direct way too, an acknowledgement to each event.
        self._queue, server._send_eio_packet = server._send_eio_packet, self._send_packet

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Socket]:
        return iter(list(self._by_sid.values()))

    def get(self, sid: str) -> Socket | None:
        return self._by_sid.get(sid)

    def of(self, user_id: str) -> list[Socket]:
        return [self._by_sid[sid] for sid in self._of_user.get(user_id, ())]

    def is_full(self, user_id: str) -> bool:
        """Whether a user has as many sockets as one user may have."""
        return len(self._of_user.get(user_id, ())) >= CONNECTIONS_OF_ONE_USER

    def add(self, sid: str, user: User, environ: dict) -> Socket:
        engine_sid = self._server.manager.eio_sid_from_sid(sid, NAMESPACE)
        socket = self._by_sid[sid] = Socket(sid, engine_sid, user, Meter(), environ)
        if direct := Direct.to(self._server.eio.sockets.get(engine_sid), environ):
            self._direct[engine_sid] = direct
        self._of_user.setdefault(user.id, set()).add(sid)
        return socket

    def remove(self, sid: str) -> Socket | None:
        socket = self._by_sid.pop(sid, None)
        if socket:
            self._direct.pop(socket.engine_sid, None)
            sids = self._of_user[socket.user.id]
            sids.discard(sid)
            if not sids:
                del self._of_user[socket.user.id]
        return socket

    def update_profile(self, user: User) -> list[Socket]:
        """Cache what a user has become; each socket keeps the sign-in it came with.

        Returns those for which the user is another one to the others now.
        """
        others = []
        for socket in self.of(user.id):
            before = socket.user
            if user.revision >= before.revision:
                socket.user = replace(user, session=before.session)
                if (user.visibility, user.alias) != (before.visibility, before.alias):
                    others.append(socket)
        return others

    def ended_by(self, change: SignOut) -> list[Socket]:
        return [socket for socket in self.of(change.user_id) if change.ends(socket.user)]

    def subscribe(self, socket: Socket, topics: tuple[str, ...]) -> tuple[str, ...]:
        """Put a socket into the rooms of `topics` and out of all others. Returns the topics that are new to it.

        Raises KeyError when the socket has closed meanwhile.
        """
        for topic in set(socket.topics) - set(topics):
            self._server.leave_room(socket.sid, room_of(topic), NAMESPACE)
        new = tuple(topic for topic in topics if topic not in socket.topics)
        for topic in new:
            self._server.enter_room(socket.sid, room_of(topic), NAMESPACE)
        socket.topics = topics
        return new

    def watching(self, topic: str) -> list[str]:
        """The Engine.IO sids of those subscribed to a topic."""
        return [engine_sid for _, engine_sid in self._server.manager.get_participants(NAMESPACE, room_of(topic))]

    def is_watched(self, topic: str) -> bool:
        """Whether anybody is subscribed to a topic whom others may notice there."""
        # get_participants would copy who is behind each as well; the first one is enough in most.
        sids = tuple(self._room(topic))
        return any(is_counted(self._by_sid[sid].user) for sid in sids if sid in self._by_sid)

    def audience(self, topic: str) -> int:
        """How many sockets are subscribed to a topic."""
        return len(self._room(topic))

    def _room(self, topic: str):
        return self._server.manager.rooms.get(NAMESPACE, {}).get(room_of(topic), ())

    def unfinished(self) -> set[str]:
        """The Engine.IO sids of open transports that have not, or not yet, been let in."""
        return set(self._server.eio.sockets) - {socket.engine_sid for socket in self}

    def send(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Give a frame, or several, to one socket: at once if its wire is free, else as Socket.IO's own emit does."""
        if not self._write(engine_sid, frame.bytes):
            for packet in frame.packets:
                self._server._send_eio_packet(engine_sid, packet)

    def _send_packet(self, engine_sid: str, packet) -> None:
        if packet.binary or engine_sid not in self._direct or not self._write(engine_sid, framed(packet)):
            self._queue(engine_sid, packet)

    def _write(self, engine_sid: str, frames: bytes) -> bool:
        """Whether the frames need no other way."""
        direct = self._direct.get(engine_sid)
        try:
            return direct is not None and direct.write(frames)
        except ConnectionError:
            break_connection(self._server.environ.get(engine_sid, {}))
            return True

    def hang_up(self, socket: Socket) -> None:
        """Close a socket for good: Socket.IO's own disconnect leaves the transport open for another try."""
        self._server.disconnect(socket.sid, NAMESPACE)
        self.close_transport(socket.engine_sid)

    def close_transport(self, engine_sid: str) -> None:
        """Close an Engine.IO connection without waiting for a client that may not read."""
        if engine := self._server.eio.sockets.get(engine_sid):
            engine.close(wait=False)

    def close_all(self) -> None:
        """Close every transport, in a way that makes the pages connect again."""
        for engine_sid in list(self._server.eio.sockets):
            self.close_transport(engine_sid)

    def waiting(self, socket: Socket) -> list:
        """The Engine.IO packets that a socket has not taken yet."""
        engine = self._server.eio.sockets.get(socket.engine_sid)
        return [packet for packet in engine.queue.queue if packet] if engine else []


def room_of(topic: str) -> str:
    """The Socket.IO room of a topic. Never empty: an emit to an empty room name goes to everybody."""
    return f"presence:{topic}"


def break_connection(environ: dict) -> None:
    """Shut the TCP connection under a WebSocket, for a writer that waits on a client which never reads."""
    if stream := environ.get("eventlet.input"):
        with suppress(OSError):
            stream.get_socket().shutdown(SHUT_RDWR)
