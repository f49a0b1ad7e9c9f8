"""Checks what comes in on a WebSocket, below Engine.IO: how many frames, how long a message, and which packets.

Engine.IO bounds a frame, not a message sent in many frames, nor how many there are; it reads a flood without giving
others a turn, and an unreadable packet leaves its sender present until a ping fails. Here each of those hangs up.

On eventlet, websocket_server.py serves in Engine.IO's place; elsewhere Engine.IO does, behind a filter.
"""

import logging
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

import engineio
import socketio

from . import versions
from .plain_events import PlainEvents
from .rate_limit import MESSAGE_BYTES
from .upgrade import upgraded
from .websocket import Receive
from .websocket_server import WebSocketServer

logger = logging.getLogger("presence")

# Engine.IO's close, pong and message. Nothing else comes from a client that uses the WebSocket alone.
READABLE = ("1", "3", "4")


def install(server: socketio.Server, hang_up: Callable[[str], None], wake: Callable[[], None]) -> None:
    """Guard all sockets of a server. `hang_up` closes an Engine.IO sid, `wake` is called when a WebSocket opens.

    With a library version that is not known, Engine.IO's own bounds hold alone: the size of a frame, and the pings.
    """
    if versions.are_known():
        receive = guard_messages(server, hang_up)
        notice_transports(server, wake)
        if server.eio.async_mode == "eventlet":
            serve_websockets(server.eio, receive)
        else:
            guard_frames(server.eio)
        # Engine.IO measures the wait for a pong by the wall clock: a step forward would hang up everyone.
        engineio.socket.time = engineio.base_socket.time = _SteadyTime


class _SteadyTime:
    """Stands for the module `time` where Engine.IO asks it."""

    time = staticmethod(monotonic)


def serve_websockets(engine: engineio.Server, receive: Receive) -> None:
    """Serve the WebSockets of an Engine.IO server on eventlet here, with one heartbeat for all."""
    import eventlet
    from eventlet import wsgi

    start, websockets = engine.start_background_task, WebSocketServer(engine, receive, eventlet)

    def served(handler: Any, _server: engineio.Server) -> Any:
        # The handler is a method of the Engine.IO socket.
        return upgraded(partial(websockets.serve, handler.__self__), wsgi.WSGI_LOCAL)

    def start_background_task(target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        is_ping = getattr(target, "__func__", None) is engineio.socket.Socket._send_ping
        return None if is_ping else start(target, *args, **kwargs)

    engine._async = {**engine._async, "websocket": served}
    engine.start_background_task, engine.start_service_task = start_background_task, False


def guard_frames(engine: engineio.Server) -> None:
    """Wrap every WebSocket of an Engine.IO server in a `GuardedWebSocket`."""
    driver = engine._async["websocket"]

    def guarded(handler: Callable[[Any], Any], server: engineio.Server) -> Any:
        return driver(lambda ws: handler(GuardedWebSocket(ws)), server, max_message_size=MESSAGE_BYTES)

    engine._async = {**engine._async, "websocket": guarded}


def guard_messages(server: socketio.Server, hang_up: Callable[[str], None]) -> Receive:
    """Let only short text packets reach the Socket.IO protocol, and hang up senders of what it cannot read.

    Returns the function that takes them.
    """

    is_eventlet = server.eio.async_mode == "eventlet"
    own: Any = server._handle_eio_message
    handle = PlainEvents(server, own).handle if is_eventlet else own

    def message(engine_sid: str, data: Any) -> None:
        try:
            if not _is_acceptable(data):
                raise ValueError("The message is too long or not text.")
            handle(engine_sid, data)
        except Exception as error:
            logger.info("A socket was hung up for a message that cannot be read: %s", type(error).__name__)
            hang_up(engine_sid)

    server.eio.on("message", message)
    return message


def notice_transports(server: socketio.Server, wake: Callable[[], None]) -> None:
    """Call `wake` whenever a WebSocket opens, so that housekeeping finds those that never get any further."""

    def opened(engine_sid: str, environ: dict[str, Any]) -> Any:
        wake()
        return server._handle_eio_connect(engine_sid, environ)

    server.eio.on("connect", opened)


class GuardedWebSocket:
    """A WebSocket as Engine.IO knows it, whose `wait` ends with the first thing that is not a packet."""

    def __init__(self, ws: Any) -> None:
        self._ws = ws

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ws, name)

    def wait(self) -> str | None:
        """The next packet, or None when there will be no more."""
        packet = self._ws.wait()
        if packet is None or (isinstance(packet, str) and packet.startswith(READABLE)):
            return packet
        logger.info("A socket was hung up for what it sent: no packet")
        return None


def _is_acceptable(data: object) -> bool:
    # Packet types 5 and 6 announce binary attachments, which nothing here uses and which are not bounded.
    return (
        isinstance(data, str)
        and not data.startswith(("5", "6"))
        and len(data) <= MESSAGE_BYTES
        and (data.isascii() or len(data.encode(errors="replace")) <= MESSAGE_BYTES)
    )
