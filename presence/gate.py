"""What stands before Socket.IO: who may open a WebSocket at all, and which messages reach the protocol.

A guest is answered before the upgrade, because a refused socket would hold its place in the server for as long as it
answers pings. A message that is too long, binary or no Socket.IO packet hangs up its sender; nobody else notices.
"""

import logging

from .identity import Identity
from .limits import MESSAGE_BYTES

log = logging.getLogger("presence")


class Gate:
    """WSGI middleware around the whole site; only requests to the Socket.IO path are looked at."""

    def __init__(self, wsgi_app, identity: Identity, path: str = "/socket.io") -> None:
        self._wsgi_app, self._identity, self._path = wsgi_app, identity, path

    def __call__(self, environ, start_response):
        # Engine.IO takes every path that begins like its own.
        if environ.get("PATH_INFO", "").startswith(self._path):
            # permessage-deflate would cost twice the CPU and 100 KB a connection.
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            if refusal := self._refusal(environ):
                return _answer(start_response, *refusal)
        return self._wsgi_app(environ, start_response)

    def _refusal(self, environ) -> tuple[str, bytes] | None:
        try:
            return None if self._identity.of(environ) else ("401 Unauthorized", b"login required")
        except Exception:
            log.exception("A sign-in could not be checked.")
            return "503 Service Unavailable", b"The server cannot check your sign-in now. Try again."


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


def _is_acceptable(data) -> bool:
    # Packet types 5 and 6 announce binary attachments, which nothing here uses and which are not bounded.
    return (
        isinstance(data, str)
        and not data.startswith(("5", "6"))
        and len(data) <= MESSAGE_BYTES
        and len(data.encode(errors="replace")) <= MESSAGE_BYTES
    )


def _answer(start_response, status: str, body: bytes):
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response(status, headers)
    return [body]
