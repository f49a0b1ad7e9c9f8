"""Checks what comes in on a WebSocket, below Engine.IO: how many frames, how long a message, and which packets.

Engine.IO bounds a frame, not a message sent in many frames, nor how many there are; it reads a flood without giving
others a turn, and an unreadable packet leaves its sender present until a ping fails. Here each of those hangs up.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

import engineio
import socketio

from . import versions
from .rate_limit import FRAMES_AT_ONCE, FRAMES_PER_SECOND, MESSAGE_BYTES, LeakyBucket

logger = logging.getLogger("presence")

# Engine.IO's close, pong and message. Nothing else comes from a client that uses the WebSocket alone.
READABLE = ("1", "3", "4")
FRAMES_AT_A_TIME = 5
READ_BYTES = 4096


def install(server: socketio.Server, hang_up: Callable[[str], None], wake: Callable[[], None]) -> None:
    """Guard all sockets of a server. `hang_up` closes an Engine.IO sid, `wake` is called when a WebSocket opens.

    With a library version that is not known, Engine.IO's own bounds hold alone: the size of a frame, and the pings.
    """
    if versions.are_known():
        guard_messages(server, hang_up)
        notice_transports(server, wake)
        guard_frames(server.eio)
        # Engine.IO measures the wait for a pong by the wall clock: a step forward would hang up everyone.
        engineio.socket.time = engineio.base_socket.time = _SteadyTime


class _SteadyTime:
    """Stands for the module `time` where Engine.IO asks it."""

    time = staticmethod(monotonic)


def guard_frames(engine: engineio.Server) -> None:
    """Wrap every WebSocket of an Engine.IO server in a `GuardedWebSocket`."""
    driver = engine._async["websocket"]
    bounds = {} if engine.async_mode == "eventlet" else {"max_message_size": MESSAGE_BYTES}

    def guarded(handler: Callable[[Any], Any], server: engineio.Server) -> Any:
        def guard(ws: Any) -> Any:
            wrapped = GuardedWebSocket(ws, server.sleep)
            try:
                return handler(wrapped)
            finally:
                wrapped.detach()

        return driver(guard, server, **bounds)

    engine._async = {**engine._async, "websocket": guarded}


def guard_messages(server: socketio.Server, hang_up: Callable[[str], None]) -> None:
    """Let only short text packets reach the Socket.IO protocol, and hang up senders of what it cannot read."""

    def message(engine_sid: str, data: object) -> None:
        try:
            if not _is_acceptable(data):
                raise ValueError("The message is too long or not text.")
            server._handle_eio_message(engine_sid, data)
        except Exception as error:
            logger.info("A socket was hung up for a message that cannot be read: %s", type(error).__name__)
            hang_up(engine_sid)

    server.eio.on("message", message)


def notice_transports(server: socketio.Server, wake: Callable[[], None]) -> None:
    """Call `wake` whenever a WebSocket opens, so that housekeeping finds those that never get any further."""

    def opened(engine_sid: str, environ: dict[str, Any]) -> Any:
        wake()
        return server._handle_eio_connect(engine_sid, environ)

    server.eio.on("connect", opened)


class LimitExceeded(Exception):
    """More frames, or a longer message, than anyone needs."""


class GuardedWebSocket:
    """A WebSocket as Engine.IO knows it, whose `wait` ends with the first thing that should not have come."""

    def __init__(self, ws: Any, sleep: Callable[[float], None]) -> None:
        self._ws, self._sleep = ws, sleep
        self._received = 0
        self._frames = LeakyBucket(FRAMES_AT_ONCE, FRAMES_PER_SECOND, monotonic())
        # Eventlet's reads a message of any number of frames at one go.
        self._receive: Any = getattr(ws, "_recv_frame", None)
        if self._receive:
            ws._recv_frame = self._receive_frame
            ws.socket = BufferedSocket(ws.socket)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ws, name)

    def detach(self) -> None:
        """Break the reference cycle with the WebSocket: garbage collection is tuned to run rarely."""
        if self._receive:
            del self._ws._recv_frame, self._receive

    def wait(self) -> str | None:
        """The next packet, or None when there will be no more."""
        try:
            packet = self._ws.wait()
        except LimitExceeded as error:
            _log_hang_up(error)
            return None
        if packet is None or (isinstance(packet, str) and packet.startswith(READABLE)):
            return packet
        _log_hang_up("no packet")
        return None

    def _receive_frame(self, message: Any = None) -> Any:
        message = self._receive(message=message)
        # What lies in the buffer already would be read without giving others a turn.
        self._received += 1
        if self._received % FRAMES_AT_A_TIME == 0:
            self._sleep(0)
        if not self._frames.allow(monotonic()):
            raise LimitExceeded("too many frames")
        if sum(map(len, message.data)) > MESSAGE_BYTES:
            raise LimitExceeded("too long")
        return message


class BufferedSocket:
    """A socket read in large pieces: eventlet asks it for the head, the mask and the body of each frame apart."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._read = socket, b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def recv(self, count: int) -> bytes:
        if not self._read:
            self._read = self._socket.recv(max(count, READ_BYTES))
        data, self._read = self._read[:count], self._read[count:]
        return data


def _is_acceptable(data: object) -> bool:
    # Packet types 5 and 6 announce binary attachments, which nothing here uses and which are not bounded.
    return (
        isinstance(data, str)
        and not data.startswith(("5", "6"))
        and len(data) <= MESSAGE_BYTES
        and len(data.encode(errors="replace")) <= MESSAGE_BYTES
    )


def _log_hang_up(reason: object) -> None:
    logger.info("A socket was hung up for what it sent: %s", reason)
