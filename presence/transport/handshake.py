"""What stands before Socket.IO: who may open a WebSocket at all, and which messages reach the protocol.

A guest is answered before the upgrade, because a refused socket would hold its place in the server for as long as it
answers pings. A message that is too long, binary or no Socket.IO packet hangs up its sender; nobody else notices.
"""

import logging
from collections import Counter

from .identity import Identity
from .rate_limit import MESSAGE_BYTES, TRANSPORTS_OF_ONE_USER

log = logging.getLogger("presence")

CANNOT_CHECK = b"The server cannot check your sign-in now. Try again."
TOO_MANY = b"Too many connections are open. Close one and try again."


class Gate:
    """WSGI middleware around the whole site; only requests to the Socket.IO path are looked at."""

    def __init__(self, wsgi_app, identity: Identity, path: str = "/socket.io") -> None:
        self._wsgi_app, self._identity, self._path = wsgi_app, identity, path
        self._open: Counter[str] = Counter()

    def __call__(self, environ, start_response):
        # Engine.IO takes every path that begins like its own.
        if not environ.get("PATH_INFO", "").startswith(self._path):
            return self._wsgi_app(environ, start_response)
        # permessage-deflate would cost twice the CPU and 100 KB a connection.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        try:
            user = self._identity.of(environ)
        except Exception:
            log.exception("A sign-in could not be checked.")
            return _answer(start_response, "503 Service Unavailable", CANNOT_CHECK)
        return self._pass(user, environ, start_response)

    def _pass(self, user, environ, start_response):
        if user is None:
            return _answer(start_response, "401 Unauthorized", b"login required")
        if self._open[user.id] >= TRANSPORTS_OF_ONE_USER:
            return _answer(start_response, "429 Too Many Requests", TOO_MANY)
        self._open[user.id] += 1
        try:
            # It returns when the WebSocket has closed.
            return self._wsgi_app(environ, start_response)
        finally:
            self._open[user.id] -= 1
            if not self._open[user.id]:
                del self._open[user.id]


def guard_messages(server, sockets) -> None:
    """Let only short text packets reach the Socket.IO protocol, and hang up who sends what it cannot read."""

    def message(engine_sid: str, data) -> None:
        try:
            if not _is_acceptable(data):
                raise ValueError("The message is too long or not text.")
            server._handle_eio_message(engine_sid, data)
        except Exception as error:
            log.info("A socket was hung up for a message that cannot be read: %s", type(error).__name__)
            sockets.close_transport(engine_sid)

    server.eio.on("message", message)


def notice_transports(server, wake) -> None:
    """Call `wake` whenever a WebSocket opens, so that somebody looks after those that never get any further."""

    def opened(engine_sid: str, environ: dict):
        wake()
        return server._handle_eio_connect(engine_sid, environ)

    server.eio.on("connect", opened)


def _is_acceptable(data) -> bool:
    # Packet types 5 and 6 announce binary attachments, which nothing here uses and which are not bounded.
    return (
        isinstance(data, str)
        and not data.startswith(("5", "6"))
        and len(data) <= MESSAGE_BYTES
        and len(data.encode(errors="replace")) <= MESSAGE_BYTES
    )


def _answer(start_response, status: str, body: bytes):
    # Whoever is refused a WebSocket needs the connection for nothing else.
    fields = {"Content-Type": "text/plain", "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    start_response(status, [*fields.items(), ("Connection", "close")])
    return [body]
