"""What may come in on a WebSocket, below Engine.IO: how many frames, how long a message, and which packets.

Engine.IO bounds a frame, not the message that is sent in many, nor how many there are; it reads a flood without giving
others a turn, and an unreadable packet leaves its sender present until a ping fails. Here each of those hangs up.
"""

import logging
from collections.abc import Callable
from time import monotonic

from .rate_limit import FRAMES_AT_ONCE, FRAMES_PER_SECOND, MESSAGE_BYTES, Bucket

log = logging.getLogger("presence")

# Engine.IO's close, pong and message. Nothing else comes from a client that uses the WebSocket alone.
READABLE = ("1", "3", "4")
FRAMES_AT_A_TIME = 5
READ_BYTES = 4096


def guard_frames(engine) -> None:
    """Let the WebSockets of an Engine.IO server pass through a `Guarded` one."""
    driver = engine._async["websocket"]
    bounds = {} if engine.async_mode == "eventlet" else {"max_message_size": MESSAGE_BYTES}

    def guarded(handler, server):
        def guard(ws):
            wrapped = Guarded(ws, server.sleep)
            try:
                return handler(wrapped)
            finally:
                wrapped.let_go()

        return driver(guard, server, **bounds)

    engine._async = {**engine._async, "websocket": guarded}


class TooMuch(Exception):
    """More frames, or a longer message, than anybody needs."""


class Guarded:
    """A WebSocket as Engine.IO knows it, whose `wait` ends with the first thing that should not have come."""

    def __init__(self, ws, sleep: Callable[[float], None]) -> None:
        self._ws, self._sleep = ws, sleep
        self._taken = 0
        self._frames = Bucket(FRAMES_AT_ONCE, FRAMES_PER_SECOND, monotonic())
        # Eventlet's reads a message of any number of frames at one go.
        self._receive = getattr(ws, "_recv_frame", None)
        if self._receive:
            ws._recv_frame = self._receive_frame
            ws.socket = Buffered(ws.socket)

    def __getattr__(self, name: str):
        return getattr(self._ws, name)

    def let_go(self) -> None:
        """Hold the WebSocket no longer than it holds us: the collector would be long in coming."""
        if self._receive:
            del self._ws._recv_frame, self._receive

    def wait(self):
        """The next packet, or None when there will be no more."""
        try:
            packet = self._ws.wait()
        except TooMuch as error:
            return _hung_up(error)
        if packet is None or (isinstance(packet, str) and packet.startswith(READABLE)):
            return packet
        return _hung_up("no packet")

    def _receive_frame(self, message=None):
        message = self._receive(message=message)
        # What lies in the buffer already would be read without anybody else getting a turn.
        self._taken += 1
        if self._taken % FRAMES_AT_A_TIME == 0:
            self._sleep(0)
        if not self._frames.takes(monotonic()):
            raise TooMuch("too many frames")
        if sum(map(len, message.data)) > MESSAGE_BYTES:
            raise TooMuch("too long")
        return message


class Buffered:
    """A socket read in large pieces: eventlet asks it for the head, the mask and the body of each frame apart."""

    def __init__(self, socket) -> None:
        self._socket, self._read = socket, b""

    def __getattr__(self, name: str):
        return getattr(self._socket, name)

    def recv(self, count: int) -> bytes:
        if not self._read:
            self._read = self._socket.recv(max(count, READ_BYTES))
        data, self._read = self._read[:count], self._read[count:]
        return data


def _hung_up(reason) -> None:
    log.info("A socket was hung up for what it sent: %s", reason)
