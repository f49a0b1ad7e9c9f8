"""The dispatcher: tells the sockets of this process what a change means for them.

The log decides when a change takes effect; the state machine applies it to the roster and then asks the dispatcher.
Nothing is sent in here: frames go into the send queue, and sockets whose sign-in has ended are kept until `flush`,
because both may close sockets, which must not happen while the roster is locked.
"""

from collections import deque

from ..core.changes import Change, Enter, Profile, SignOut
from ..core.payloads import Me, Paused, SignedOut
from ..core.people import Keys, User
from ..core.places import topics_of
from ..core.visibility import is_counted
from ..transport.frames import Frame
from ..transport.handshake import Authenticator
from ..transport.hub import Hub
from ..transport.socket import Socket
from ..transport.writer import Writer
from .broadcast import Broadcast
from .send_queue import Yield


class Dispatcher:
    """`node` is the id of this process. Everything but `flush` is called with the roster locked."""

    def __init__(
        self, node: str, hub: Hub, writer: Writer, broadcast: Broadcast, keys: Keys, authenticator: Authenticator
    ) -> None:
        self._node, self._hub, self._writer, self._broadcast = node, hub, writer, broadcast
        self._keys, self._authenticator = keys, authenticator
        self._signed_out: deque[tuple[Socket, str]] = deque()

    def on_change(self, change: Change) -> None:
        """Queue the frames that a change means for the sockets here; it has just taken effect."""
        if isinstance(change, Enter):
            self._on_enter(change)
        if isinstance(change, Profile | SignOut):
            self._authenticator.invalidate()
        if isinstance(change, Profile):
            self._send_identity(change.user, self._hub.update_profile(change.user))
        if isinstance(change, SignOut):
            for socket in self._hub.ended_by(change):
                self.sign_out(socket, change.reason)

    def sign_out(self, socket: Socket, reason: str) -> None:
        """Accept no more events of a socket; `flush` hangs it up."""
        # At once, not when it is hung up: an event in between would bring its user back.
        socket.signed_out = True
        self._signed_out.append((socket, reason))

    def on_paused_enter(self, enter: Enter) -> None:
        """Serve an enter that cannot take effect while the log is disconnected: show what is known, and say so."""
        self._on_enter(enter)
        if socket := self._socket(enter):
            self._send_paused([socket], True)

    def set_paused(self, paused: bool) -> None:
        """Tell all sockets that the log is disconnected or back; keep none waiting for it."""
        for socket in self._hub:
            if paused and socket.place is not None:
                self._send_states(socket)
        self._send_paused(list(self._hub), paused)

    def flush(self, pause: Yield | None = None) -> None:
        """Send what is queued and hang up who is signed out. Not to be called with the roster locked."""
        self._broadcast.flush(pause)
        self.disconnect_signed_out()

    def disconnect_signed_out(self) -> None:
        while self._signed_out:
            socket, reason = self._signed_out.popleft()
            self._writer.send(socket.engine_sid, Frame("signed_out", SignedOut(reason=reason)))
            self._hub.hang_up(socket)

    def _on_enter(self, enter: Enter) -> None:
        """Send the states to the socket that has entered, if it is here and still at that place."""
        socket = self._socket(enter)
        if socket and socket.place == enter.place:
            self._send_states(socket)

    def _socket(self, enter: Enter) -> Socket | None:
        node, _, sid = enter.connection.partition("/")
        return self._hub.get(sid) if node == self._node else None

    def _send_states(self, socket: Socket) -> None:
        # Publish to those who watch already first, so that the states which follow hold this change. A hidden user
        # changes nothing, and must not make the others' diffs come earlier.
        if is_counted(socket.user):
            self._broadcast.publish()
        try:
            new = self._hub.subscribe(socket, topics_of(socket.place or ""))
        except KeyError:
            return
        self._broadcast.send_states(socket, new)

    def _send_identity(self, user: User, sockets: list[Socket]) -> None:
        """Tell all pages of a user how others see them now, whichever device made the choice."""
        payload = Me(key=self._keys.of(user), visibility=user.visibility)
        self._broadcast.send(sockets, Frame("presence_me", payload))

    def _send_paused(self, sockets: list[Socket], paused: bool) -> None:
        self._broadcast.send(sockets, Frame("presence_paused", Paused(paused=paused)))
