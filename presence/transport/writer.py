"""Sends frames to one socket, and closes it.

Socket.IO hands every frame to a queue and a greenlet of the socket, which is woken for it, packs the WebSocket frame
anew and sets a timer for the next; most of what a frame costs is that. When the queue is empty and its greenlet waits,
the frame, packed once for all sockets, can go out in one system call. When it cannot be written at once, it takes the
usual way. A frame that only went out in part ends the connection: a client with that much unread has not read for
long, and comes back to a new state.

The direct way works on eventlet's sockets and with the versions that versions.py knows; elsewhere every frame takes
the usual way.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from sys import byteorder
from typing import Any

import socketio
from engineio import packet as engine_packet

from . import versions
from .frames import Frame, Frames, websocket_frame

try:
    from fcntl import ioctl
    from termios import TIOCOUTQ
except ImportError:  # Windows
    ioctl = None  # type: ignore[assignment]

DONT_WAIT = getattr(socket, "MSG_DONTWAIT", 0)
"""Eventlet's sockets never wait, so a system without the flag does without it."""
UNREAD_BYTES = 16 * 1024
"""A client with more than this on its way to it has no use for what may be dropped."""


class Wire:
    """The direct way to one socket."""

    __slots__ = ("_fileno", "_queue", "_send")

    def __init__(self, queue: Any, send: Callable[[bytes, int], int], fileno: Callable[[], int] | None = None) -> None:
        self._queue, self._send, self._fileno = queue, send, fileno

    @classmethod
    def to(cls, engine: Any, environ: dict[str, Any]) -> "Wire | None":
        """The way from an Engine.IO socket and the WSGI environment of its handshake; None where there is none."""
        stream = environ.get("eventlet.input")
        if engine is None or stream is None or not hasattr(engine.queue, "getting"):
            return None
        connection = stream.get_socket().fd
        return cls(engine.queue, connection.send, getattr(connection, "fileno", None))

    def has_room(self) -> bool:
        """Return whether the client has read nearly everything: a frame that may be dropped must not go out in part."""
        if self._fileno is None or ioctl is None:
            return True
        try:
            unread = ioctl(self._fileno(), TIOCOUTQ, b"\0\0\0\0")
        except OSError:
            return False
        return int.from_bytes(unread, byteorder) <= UNREAD_BYTES

    def write(self, frames: bytes) -> bool:
        """Return whether the frames went out. Raises ConnectionError when only a part of them did."""
        if self._queue.qsize() or not self._queue.getting():
            return False
        try:
            sent = self._send(frames, DONT_WAIT)
        except OSError:
            return False
        if sent < len(frames):
            raise ConnectionError
        return True


class Writer:
    """Every way out of this process to a socket, by Engine.IO sid. `dropped` counts frames that were not sent."""

    def __init__(self, server: socketio.Server) -> None:
        self._server = server
        self._wires: dict[str, Wire] = {}
        self.dropped = 0
        self._has_direct_way = versions.are_known()
        if self._has_direct_way:
            # Socket.IO's own answers take the direct way too: one acknowledgement for each event.
            self._queue, server._send_eio_packet = server._send_eio_packet, self._send_packet

    def open(self, engine_sid: str, environ: dict[str, Any]) -> None:
        """Find the direct way to a socket that has just connected."""
        wire = Wire.to(self._server.eio.sockets.get(engine_sid), environ)
        if wire and self._has_direct_way:
            self._wires[engine_sid] = wire

    def forget(self, engine_sid: str) -> None:
        """Drop what is kept for a socket that has closed."""
        self._wires.pop(engine_sid, None)

    def send(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Send to one socket: at once if its wire is free, else as Socket.IO's own emit does."""
        if not self._write(engine_sid, frame.bytes):
            for packet in frame.packets:
                self._send_plainly(engine_sid, packet)

    def send_if_free(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Send to one socket if it has taken everything so far; else drop the frame, and count it."""
        wire, engine = self._wires.get(engine_sid), self._server.eio.sockets.get(engine_sid)
        if wire is not None:
            self.dropped += not (wire.has_room() and self._write(engine_sid, frame.bytes))
        elif engine is not None and engine.queue.qsize() >= 2:
            self.dropped += 1
        else:
            self.send(engine_sid, frame)

    def waiting(self, engine_sid: str) -> list[engine_packet.Packet]:
        """The Engine.IO packets that a socket has not taken yet."""
        engine = self._server.eio.sockets.get(engine_sid)
        return [packet for packet in engine.queue.queue if packet] if engine else []

    def close(self, engine_sid: str) -> None:
        """Close an Engine.IO connection without waiting for a client that may not read."""
        if engine := self._server.eio.sockets.get(engine_sid):
            engine.close(wait=False)

    def close_all(self) -> None:
        """Close every connection, in a way that makes the pages connect again."""
        for engine_sid in list(self._server.eio.sockets):
            self.close(engine_sid)

    def _send_plainly(self, engine_sid: str, packet: engine_packet.Packet) -> None:
        if self._has_direct_way:
            self._server._send_eio_packet(engine_sid, packet)
        else:
            self._server.eio.send_packet(engine_sid, packet)

    def _send_packet(self, engine_sid: str, packet: engine_packet.Packet) -> None:
        if packet.binary or engine_sid not in self._wires or not self._write(engine_sid, websocket_frame(packet)):
            self._queue(engine_sid, packet)

    def _write(self, engine_sid: str, frames: bytes) -> bool:
        """Return whether the frames need no other way."""
        wire = self._wires.get(engine_sid)
        try:
            return wire is not None and wire.write(frames)
        except ConnectionError:
            break_connection(self._server.environ.get(engine_sid, {}))
            return True


def break_connection(environ: dict[str, Any]) -> None:
    """Shut the TCP connection under a WebSocket, for a writer that waits on a client which never reads."""
    if stream := environ.get("eventlet.input"):
        with suppress(OSError):
            stream.get_socket().shutdown(socket.SHUT_RDWR)
