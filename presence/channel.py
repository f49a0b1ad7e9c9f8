"""Takes sockets in, says where they are, and lets them go: what the events do."""

import logging
from contextlib import suppress

from .core.changes import SIGNED_OUT, Activity, Change, Company, Enter, Leave, Profile, SignOut
from .core.people import SAYINGS, User, is_counted, is_shown
from .core.places import topics_of
from .core.study_status import SAID_SECONDS
from .transport.frames import Frame
from .transport.hub import Socket
from .transport.rate_limit import CONNECTIONS_OF_ONE_USER, EVENTS_REFUSED_ABOVE

log = logging.getLogger("presence")

STATUSES = ("active", "away")
SOCKETS_AT_ONCE = 20


class Refused(Exception):
    """What a client asked for cannot be done; the message is a sentence."""


class Reception:
    """`resyncs` and `hung_up` count what has happened since the start."""

    def __init__(self, presence) -> None:
        self._presence, self._sockets = presence, presence.sockets
        self.resyncs = self.hung_up = 0

    def connect(self, sid: str, environ: dict) -> None:
        """Let a socket in. Raises Refused for a guest, and for a user with too many sockets."""
        self._presence.identity.of(environ)
        self._presence.log.start()
        with self._presence.lock:
            # Again, now that nothing can come between: what has not been overtaken costs no query.
            user = self._presence.identity.of(environ)
            if user is None:
                raise Refused("login required")
            if self._sockets.is_full(user.id):
                raise Refused(f"You have {CONNECTIONS_OF_ONE_USER} pages open already. Close one and try again.")
            self._sockets.add(sid, user, environ)
        self._presence.ticker.wake()

    def meter(self, sid: str) -> Socket:
        """Count an event of a socket. Raises Refused when there are too many, and hangs up when far too many."""
        socket = self._sockets.get(sid)
        if socket is None or socket.signed_out:
            raise Refused("This connection is closed.")
        verdict = socket.meter.count(self._presence.clock())
        if verdict == "hang up":
            self.hung_up += 1
            self._sockets.hang_up(socket)
        if verdict != "ok":
            raise Refused(f"Too many events: at most {EVENTS_REFUSED_ABOVE} in a second.")
        return socket

    def enter(self, socket: Socket, path: str) -> None:
        """A socket's page is at a place now. Raises Refused when there is no such place."""
        place = self._presence.locate(path)
        if place is None:
            raise Refused(f"No {('course', 'section', 'lesson')[min(path.count('/'), 2)]} at {path[:100]!r}.")
        with self._presence.lock:
            # Again, now that nothing can come between.
            if self._sockets.get(socket.sid) is None or socket.signed_out or place.path == socket.place:
                return
            socket.place = place.path
            roster = self._presence.roster
            since, (says, until) = roster.since(socket.user), roster.said(socket.user, place.path)
            id_, user, status = self.connection_id(socket), socket.user, socket.status
            self._presence.log.append(Enter(id_, user, place.path, since, status, says, until))
            if self._presence.log.away:
                self._show(socket)
                self._tell_paused([socket], True)
        self._finish()

    def activity(self, socket: Socket, status: str) -> None:
        """The person at a socket is active or away. Raises Refused for any other status."""
        if status not in STATUSES:
            raise Refused(f"A status is active or away, not {status[:100]!r}.")
        socket.status = status
        self._presence.append(Activity(self.connection_id(socket), status))

    def company(self, socket: Socket, says: str | None) -> None:
        """Whoever is at a socket says one of SAYINGS on its lesson, or takes it back (None). Raises Refused."""
        if says is not None and says not in SAYINGS:
            raise Refused(f"One says {', '.join(SAYINGS[:-1])} or {SAYINGS[-1]}, not {says[:100]!r}.")
        if says and (socket.place or "").count("/") != 2:
            raise Refused("Only on a lesson you can ask for company.")
        if says and not is_shown(socket.user):
            raise Refused("To ask for company, let everyone see you: the choice is in your account settings.")
        if self._presence.log.away:
            raise Refused("The live view is paused. Try again in a moment.")
        until = self._presence.log.now() + SAID_SECONDS if says else 0.0
        id_, place = self.connection_id(socket), socket.place or ""
        self._presence.append(Company(id_, socket.user.id, place, says or "", until))

    def resync(self, socket: Socket, topic: str) -> None:
        """Give a socket the whole state of a topic again. Raises Refused for one it is not in."""
        if topic not in socket.topics:
            raise Refused(f"You are not in the topic {topic[:100]!r}.")
        self.resyncs += 1
        with self._presence.lock:
            self._presence.broadcast.send_states(socket, (topic,))
        self._finish()

    def disconnect(self, sid: str) -> None:
        """A socket has closed. Not an error for one that was never let in, or twice."""
        with self._presence.lock:
            socket = self._sockets.remove(sid)
            if socket is None:
                return
            self._sockets.subscribe(socket, ())
            self._presence.log.append(Leave(self.connection_id(socket), grace=not socket.signed_out))
        self._presence.ticker.wake()

    def notice(self, change: Change) -> list[tuple[Socket, str]]:
        """What a change means for the sockets here. Returns those whose sign-in it has ended, and why."""
        if isinstance(change, Enter):
            self._arrive(change)
        if isinstance(change, Profile | SignOut):
            self._presence.identity.notice()
        if isinstance(change, Profile):
            self._tell_who(change.user, self._sockets.update_profile(change.user))
        return self._ended_by(change) if isinstance(change, SignOut) else []

    def _ended_by(self, change: SignOut) -> list[tuple[Socket, str]]:
        ended = self._sockets.ended_by(change)
        for socket in ended:
            # From now on, not when it is hung up: an event in between would bring somebody back.
            socket.signed_out = True
        return [(socket, change.reason) for socket in ended]

    def pause(self, paused: bool) -> None:
        """The log is away, or is back: tell everybody, and let nobody wait for it."""
        with self._presence.lock:
            for socket in self._sockets:
                if paused and socket.place is not None:
                    self._show(socket)
            self._tell_paused(list(self._sockets), paused)
        self._finish()

    def ask_again(self) -> None:
        """Ask the site again who everybody here is: what was said while nobody could listen has not been heard."""
        self._presence.identity.notice()
        for number, socket in enumerate(self._sockets):
            user = self._presence.identity.of(socket.environ)
            if user is None:
                self.see_out([(socket, SIGNED_OUT)])
            elif user.revision > socket.user.revision:
                self._presence.append(Profile(user))
            if number % SOCKETS_AT_ONCE == 0:
                self._presence.ticker.pause()

    def see_out(self, farewells: list[tuple[Socket, str]]) -> None:
        """Tell sockets why their sign-in has ended, and hang up. Not to be called with the roster locked."""
        for socket, reason in farewells:
            socket.signed_out = True
            self._sockets.send(socket.engine_sid, Frame("signed_out", {"reason": reason}))
            self._sockets.hang_up(socket)

    def connection_id(self, socket: Socket) -> str:
        return f"{self._presence.node}/{socket.sid}"

    def _arrive(self, enter: Enter) -> None:
        """An enter has taken effect. If it is of a socket here, and still its place, the socket gets its states."""
        node, _, sid = enter.connection.partition("/")
        socket = self._sockets.get(sid) if node == self._presence.node else None
        if socket and socket.place == enter.place:
            self._show(socket)

    def _show(self, socket: Socket) -> None:
        # Those who watch already are told first, so that the states which follow hold this change. Of somebody hidden
        # there is nothing to hold, and others must not be told earlier for them.
        if is_counted(socket.user):
            self._presence.broadcast.publish()
        with suppress(KeyError):
            new = self._sockets.subscribe(socket, topics_of(socket.place or ""))
            self._presence.broadcast.send_states(socket, new)

    def _tell_who(self, user: User, sockets: list[Socket]) -> None:
        """All pages of a user say who sees them; so each is told, on whatever device the choice was made."""
        payload = {"key": self._presence.keys.of(user), "visibility": user.visibility}
        self._presence.broadcast.send(sockets, Frame("presence_me", payload))

    def _tell_paused(self, sockets: list[Socket], paused: bool) -> None:
        frame = Frame("presence_paused", {"paused": paused})
        self._presence.broadcast.send(sockets, frame)

    def _finish(self) -> None:
        self._presence.broadcast.drain()
        self._presence.ticker.wake()
