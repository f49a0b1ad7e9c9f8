"""Answers the handshake of a WebSocket (RFC 6455) on eventlet, in one piece with Engine.IO's first packet.

Eventlet would send its answer first and wake the client twice, and keep a reader and a writer of frames that nothing
here uses. handshake.py has refused by now what is not a handshake; no extension and no subprotocol is spoken.
"""

from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha1
from typing import Any

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ANSWER = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
)


def answer_to(key: str) -> bytes:
    """The response to a handshake with this `Sec-WebSocket-Key`."""
    return ANSWER % b64encode(sha1(key.encode() + GUID, usedforsecurity=False).digest())


def upgraded(serve: Callable[[Any, bytes], None], local: Any) -> Callable[[dict[str, Any], Any], list[bytes]]:
    """The WSGI application of a WebSocket: `serve(stream, answer)` sends the answer and returns at the end.

    `local` is where eventlet looks for a response that has been sent already.
    """

    def call(environ: dict[str, Any], _start_response: Any) -> list[bytes]:
        # A connection that stays open must not hold up the server's end.
        environ["eventlet.set_idle"]()
        with suppress(ConnectionError):
            serve(environ["eventlet.input"].get_socket(), answer_to(environ["HTTP_SEC_WEBSOCKET_KEY"]))
        local.already_handled = True
        return []

    return call
