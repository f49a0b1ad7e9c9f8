"""Asks the site again for the user of every socket: sign-outs may have been missed while Redis was down."""

from collections.abc import Callable

from ..core.changes import SIGNED_OUT, Profile
from ..transport.handshake import Authenticator
from ..transport.hub import Hub
from .dispatcher import Dispatcher

SOCKETS_AT_ONCE = 20


class Reauthentication:
    """`append` puts a change into the log, `pause` lets others have a turn."""

    def __init__(
        self,
        hub: Hub,
        authenticator: Authenticator,
        dispatcher: Dispatcher,
        append: Callable[[Profile], None],
        pause: Callable[[], None],
    ) -> None:
        self._hub, self._authenticator, self._dispatcher = hub, authenticator, dispatcher
        self._append, self._pause = append, pause

    def run(self) -> None:
        """Hang up sockets whose sign-in has ended, and publish profiles that have changed."""
        self._authenticator.invalidate()
        for number, socket in enumerate(self._hub):
            user = self._authenticator.user(socket.environ)
            if user is None:
                self._dispatcher.sign_out(socket, SIGNED_OUT)
                self._dispatcher.flush()
            elif user.revision > socket.user.revision:
                self._append(Profile(user))
            if number % SOCKETS_AT_ONCE == 0:
                self._pause()
