"""One WebSocket on eventlet, from its handshake to its end: reads packets for Engine.IO, in one greenlet.

The event loop calls `_on_readable` itself, so a pong costs no switch of greenlets, and the loop is told of the socket
once instead of twice for every read. The greenlet of the handshake is woken for what may have to wait: events.
"""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from .frame_reader import CLOSE, CONTINUATION, PING, PONG, PROTOCOL_ERROR, TEXT, FrameError, FrameReader
from .heartbeat import Heartbeat
from .outbox import Outbox
from .rate_limit import FRAMES_AT_ONCE, FRAMES_PER_SECOND, MESSAGE_BYTES, LeakyBucket

logger = logging.getLogger("presence")

READ_BYTES = 4096
PACKETS_AT_A_TIME = 5
PACKETS_WAITING = 64
"""While so many packets wait for a slow event, no more are read."""
PONG_PACKET, CLOSE_PACKET, MESSAGE_PACKET = "3", "1", "4"
PING_FRAME, CLOSE_OF_ERROR, PONG_OF_PING = b"\x81\x012", b"\x88\x02", b"\x8a"

Receive = Callable[[str, str], None]


class WebSocket:
    """A connection; `engine` is its Engine.IO socket, whose queue is the `outbox`."""

    __slots__ = (
        "_bucket",
        "_frames",
        "_greenlet",
        "_hub",
        "_is_waiting",
        "_listener",
        "_packets",
        "_recv",
        "_stream",
        "engine",
        "is_answered",
        "is_over",
        "outbox",
        "pinged_at",
    )

    def __init__(self, engine: Any, stream: Any, outbox: Outbox, hub: Any, greenlet: Any) -> None:
        self.engine, self.outbox = engine, outbox
        self._stream, self._recv, self._hub, self._greenlet = stream, stream.fd.recv, hub, greenlet
        self._frames = FrameReader(MESSAGE_BYTES)
        self._bucket = LeakyBucket(FRAMES_AT_ONCE, FRAMES_PER_SECOND, monotonic())
        self._packets: list[str | None] = []
        self._listener: Any = None
        self._is_waiting = False
        self.is_answered, self.is_over, self.pinged_at = True, False, 0.0

    def serve(self, receive: Receive, heartbeat: Heartbeat, pause: Callable[[float], None]) -> None:
        """Give all messages to `receive`, until the connection ends."""
        heartbeat.add(self)
        try:
            self._read(receive, pause)
        finally:
            self.is_over = True
            self._ignore()
            self.outbox.put(None)
            self.outbox.abandon()

    @property
    def is_closing(self) -> bool:
        closed: bool = self.engine.closed
        return closed

    def ping(self, now: float) -> None:
        self.pinged_at, self.is_answered = now, False
        # Engine.IO's own check, before each of its sends, looks at this.
        self.engine.last_ping = now
        self.outbox.write(PING_FRAME)

    def expire(self) -> None:
        """Shut the connection, which wakes its reader."""
        with suppress(OSError):
            self._stream.shutdown(socket.SHUT_RDWR)

    def _read(self, receive: Receive, pause: Callable[[float], None]) -> None:
        self._listen()
        number = 0
        while (packet := self._next()) is not None:
            number += 1
            if packet.startswith(CLOSE_PACKET):
                return
            # Once this side has closed, what comes is read and dropped for a while: with unread bytes the end would be
            # a reset, and the client would lose what it was told last.
            if not self.engine.closed:
                receive(self.engine.sid, packet[1:])
            if number % PACKETS_AT_A_TIME == 0 and self._packets:
                # Packets that have come already would be handled without giving others a turn.
                pause(0)

    def _next(self) -> str | None:
        while not self._packets:
            if self._listener is None:
                self._listen()
            self._is_waiting = True
            try:
                self._hub.switch()
            finally:
                self._is_waiting = False
        return self._packets.pop(0)

    def _listen(self) -> None:
        fileno, hub = self._stream.fileno(), self._hub
        self._listener = hub.add(hub.READ, fileno, self._on_readable, self._greenlet.throw, None)

    def _ignore(self) -> None:
        if self._listener is not None:
            self._hub.remove(self._listener)
            self._listener = None

    def _on_readable(self, _fileno: int) -> None:
        """Read what has come. Runs in the event loop, so nothing here may wait."""
        try:
            self._take(self._recv(READ_BYTES))
        except BlockingIOError:
            return
        except FrameError as error:
            logger.info("A socket was hung up for what it sent: %s", error)
            self.outbox.write(CLOSE_OF_ERROR + error.status.to_bytes(2, "big"))
            self._packets.append(None)
        except OSError:
            self._packets.append(None)
        if len(self._packets) >= PACKETS_WAITING or (self._packets and self._packets[-1] is None):
            self._ignore()
        if self._is_waiting and self._packets:
            self._greenlet.switch()

    def _take(self, data: bytes) -> None:
        if not data:
            self._packets.append(None)
            return
        now = monotonic()
        self._frames.feed(data)
        while (message := self._frames.read()) is not None:
            if not self._bucket.allow(now):
                raise FrameError(PROTOCOL_ERROR, "too many frames")
            self._sort(*message)

    def _sort(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._take_packet(_decoded(payload))
        elif opcode == PING:
            self.outbox.write(PONG_OF_PING + bytes((len(payload),)) + payload)
        elif opcode == CLOSE:
            self._packets.append(None)
        elif opcode not in (PONG, CONTINUATION):
            raise FrameError(PROTOCOL_ERROR, "no packet")

    def _take_packet(self, packet: str) -> None:
        if packet.startswith(PONG_PACKET):
            self.is_answered, self.engine.last_ping = True, None
        elif packet.startswith((MESSAGE_PACKET, CLOSE_PACKET)):
            self._packets.append(packet)
        else:
            raise FrameError(PROTOCOL_ERROR, "no packet")


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise FrameError(1007, "no UTF-8") from None
