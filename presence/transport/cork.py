"""Sends a handshake and the first packet in one piece: each would wake the client, and cost as much as a frame."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

CORK = getattr(socket, "TCP_CORK", None)
"""Linux has it. The kernel keeps what is written until it is taken out, for 0.2 s at most."""


def cork(stream: Any, on: bool) -> None:
    """Put the cork into a socket of eventlet, or take it out."""
    if CORK is not None:
        with suppress(OSError):
            stream.setsockopt(socket.IPPROTO_TCP, CORK, on)


def corked(wsgi: Callable[[dict[str, Any], Any], Any]) -> Callable[[dict[str, Any], Any], Any]:
    """The WSGI application of a WebSocket, whose handshake waits for the first packet."""

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        stream = environ["eventlet.input"].get_socket()
        cork(stream, True)
        try:
            return wsgi(environ, start_response)
        finally:
            # A refusal has no packet; at the end of a served one this does nothing.
            cork(stream, False)

    return call
