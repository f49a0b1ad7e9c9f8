"""The requests of a client: connect, enter a place, be active or away, set a study status, resync, disconnect."""

from collections.abc import Callable
from typing import Any

from .core.changes import Activity, Enter, Leave, StudyStatus
from .core.people import ACTIVITY_STATUSES, PAIRING, STUDY_STATUSES
from .core.places import Place
from .core.study_status import STATUS_SECONDS
from .core.visibility import is_shown
from .node import Node
from .rooms.rejected import Rejected
from .transport.rate_limit import CONNECTIONS_OF_ONE_USER, EVENTS_REFUSED_ABOVE, RESYNCS_AT_ONCE, Verdict
from .transport.socket import Socket


class Channel:
    """Turns what clients ask for into changes. `explain` returns a sentence for an error of the site that is no bug."""

    def __init__(
        self, node: Node, locate: Callable[[str], Place | None], explain: Callable[[Exception], str | None] | None
    ) -> None:
        self._node, self.locate = node, locate
        self.explain = explain or (lambda _error: None)

    def connect(self, sid: str, environ: dict[str, Any]) -> None:
        """Accept a socket. Raises Rejected for a guest, and for a user with too many sockets."""
        node = self._node
        node.authenticator.user(environ)
        node.log.start()
        with node.lock:
            # Again, now that nothing can come between: an answer that has not been overtaken costs no query.
            user = node.authenticator.user(environ)
            if user is None:
                raise Rejected("login required")
            if node.hub.is_full(user.id):
                raise Rejected(f"You have {CONNECTIONS_OF_ONE_USER} pages open already. Close one and try again.")
            node.hub.add(sid, user, environ)
        node.ticker.wake()

    def check_rate(self, sid: str) -> Socket:
        """Count an event of a socket. Raises Rejected when there are too many, and hangs up when far too many."""
        socket = self._open(sid)
        if not self._allows(socket, socket.rate_limit.count(self._node.clock())):
            raise Rejected(f"Too many events: at most {EVENTS_REFUSED_ABOVE} in a second.")
        return socket

    def check_signal_rate(self, sid: str) -> Socket | None:
        """Count a signal of a socket. Returns None when there are too many: it is dropped without a word."""
        socket = self._open(sid)
        return socket if self._allows(socket, socket.rate_limit.count_signal(self._node.clock())) else None

    def enter(self, socket: Socket, path: str) -> None:
        """Move a socket's page to a place. Raises Rejected when there is no such place."""
        place = self.locate(path)
        if place is None:
            raise Rejected(f"No {('course', 'section', 'lesson')[min(path.count('/'), 2)]} at {path[:100]!r}.")
        self._node.append_if(lambda: self._entering(socket, place.path))

    def activity(self, socket: Socket, status: str) -> None:
        """Set the person at a socket active or away. Raises Rejected for any other status."""
        found = next((known for known in ACTIVITY_STATUSES if known == status), None)
        if found is None:
            raise Rejected(f"A status is active or away, not {status[:100]!r}.")
        socket.status = found
        self._node.append(Activity(self._node.connection_id(socket.sid), found))

    def company(self, socket: Socket, says: str | None) -> None:
        """Set the study status of a socket's user on its lesson to one of STUDY_STATUSES, or clear it (None).

        Raises Rejected where a status cannot be set.
        """
        found = next((known for known in STUDY_STATUSES if known == says), None)
        if says is not None and found is None:
            raise Rejected(f"One says {', '.join(STUDY_STATUSES[:-1])} or {STUDY_STATUSES[-1]}, not {says[:100]!r}.")
        if found and (socket.place or "").count("/") != 2:
            raise Rejected("Only on a lesson you can ask for company.")
        if found and not is_shown(socket.user):
            raise Rejected("To ask for company, let everyone see you: the choice is in your account settings.")
        if self._node.roster.said(socket.user, socket.place or "")[0] == PAIRING:
            raise Rejected("You're pairing. End that first.")
        if self._node.log.disconnected:
            raise Rejected("The live view is paused. Try again in a moment.")
        until = self._node.log.now() + STATUS_SECONDS if found else 0.0
        id_, place = self._node.connection_id(socket.sid), socket.place or ""
        self._node.append(StudyStatus(id_, socket.user.id, place, found or "", until))

    def resync(self, socket: Socket, topic: str, epoch: object = None, seq: object = None) -> dict[str, Any] | None:
        """Send a socket the whole state of a topic again, unless it has that of `epoch` and `seq`.

        Raises Rejected for a topic it is not in, and for too many resyncs.
        """
        if topic not in socket.topics:
            raise Rejected(f"You are not in the topic {topic[:100]!r}.")
        if not socket.rate_limit.allow_resync(self._node.clock()):
            raise Rejected(f"Too many resyncs: at most {RESYNCS_AT_ONCE} at once, and one in 2 seconds.")
        return None if self._node.resync(socket, topic, (epoch, seq)) else {"new": False}

    def join_rooms(self, socket: Socket, names: object) -> dict[str, Any]:
        """Let a socket into rooms at its place. Returns its slots and its pace, by room; raises Rejected."""
        place = None if socket.place is None else self.locate(socket.place)
        if place is None:
            raise Rejected("Enter a place first.")
        return self._node.rooms.join(socket, place, names)

    def leave_room(self, socket: Socket, name: str) -> None:
        """Let a socket out of a room. Raises Rejected for one that it has not joined."""
        self._node.rooms.leave(socket, name)

    def call_room(self, socket: Socket, name: str, call: str, payload: Any) -> Any:
        """Run a call of a room. Returns its reply; raises Rejected."""
        return self._node.rooms.call(socket, name, call, payload)

    def signal_room(self, socket: Socket, name: str, signal: str, value: Any) -> None:
        """Take a signal of a room, or drop it. Raises Rejected for what the room does not have."""
        self._node.rooms.signal(socket, name, signal, value)

    def disconnect(self, sid: str) -> None:
        """Remove a socket that has closed. Not an error for one that was never accepted, or twice."""
        self._node.append_if(lambda: self._leaving(sid))

    def _open(self, sid: str) -> Socket:
        socket = self._node.hub.get(sid)
        if socket is None or socket.signed_out:
            raise Rejected("This connection is closed.")
        return socket

    def _allows(self, socket: Socket, verdict: Verdict) -> bool:
        if verdict == "hang up":
            self._node.hub.reject(socket)
        return verdict == "ok"

    def _entering(self, socket: Socket, place: str) -> Enter | None:
        # Checked again, now that nothing can come between.
        if self._node.hub.get(socket.sid) is None or socket.signed_out or place == socket.place:
            return None
        self._node.rooms.subscriptions.leave_all(socket)
        socket.place = place
        user, connection = socket.user, self._node.connection_id(socket.sid)
        before = self._node.roster.standing(user, place)
        return Enter(
            connection, user, place, before.since, socket.status, before.says, before.until, arrived=before.arrived
        )

    def _leaving(self, sid: str) -> Leave | None:
        socket = self._node.hub.remove(sid)
        if socket is None:
            return None
        self._node.hub.subscribe(socket, ())
        self._node.rooms.subscriptions.leave_all(socket)
        return Leave(self._node.connection_id(sid), grace=not socket.signed_out)
