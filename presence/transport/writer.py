"""Sends frames to one socket, and closes it.

On eventlet a socket has an `Outbox`: a frame, packed once for all sockets, goes out in one system call. Elsewhere, and
with library versions that versions.py does not know, every frame takes Socket.IO's usual way.
"""

import socket
from contextlib import suppress
from typing import Any

import socketio
from engineio import packet as engine_packet

from . import versions
from .frames import Frame, Frames
from .outbox import Outbox


class Writer:
    """Every way out of this process to a socket, by Engine.IO sid. `dropped` counts frames that were not sent."""

    def __init__(self, server: socketio.Server) -> None:
        self._server = server
        self._outboxes: dict[str, Outbox] = {}
        self.dropped = 0
        self._has_direct_way = versions.are_known()

    def open(self, engine_sid: str) -> None:
        """Find the direct way to a socket that has just connected."""
        engine = self._server.eio.sockets.get(engine_sid)
        if engine is not None and isinstance(engine.queue, Outbox):
            self._outboxes[engine_sid] = engine.queue

    def forget(self, engine_sid: str) -> None:
        """Drop what is kept for a socket that has closed."""
        self._outboxes.pop(engine_sid, None)

    def send(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Send to one socket: by its outbox, else as Socket.IO's own emit does."""
        if outbox := self._outboxes.get(engine_sid):
            outbox.write(frame.bytes)
        else:
            for packet in frame.packets:
                self._send_plainly(engine_sid, packet)

    def send_soon(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Send to one socket, together with what else this round of the event loop has for it."""
        if outbox := self._outboxes.get(engine_sid):
            outbox.write_soon(frame.bytes)
        else:
            self.send(engine_sid, frame)

    def send_if_free(self, engine_sid: str, frame: Frame | Frames) -> None:
        """Send to one socket if it has taken everything so far; else drop the frame, and count it."""
        outbox, engine = self._outboxes.get(engine_sid), self._server.eio.sockets.get(engine_sid)
        if not (outbox.has_room() if outbox else engine is None or engine.queue.qsize() < 2):
            self.dropped += 1
        else:
            self.send(engine_sid, frame)

    def waiting(self, engine_sid: str) -> tuple[int, int]:
        """The number of pieces that a socket has not taken yet, and their bytes."""
        engine = self._server.eio.sockets.get(engine_sid)
        if engine is None or not engine.queue.qsize():
            return 0, 0
        if isinstance(engine.queue, Outbox):
            return engine.queue.qsize(), engine.queue.size()
        packets = [packet for packet in engine.queue.queue if packet]
        return len(packets), sum(len(packet.data or "") for packet in packets)

    def close(self, engine_sid: str) -> None:
        """Close an Engine.IO connection without waiting for a client that may not read."""
        if engine := self._server.eio.sockets.get(engine_sid):
            engine.close(wait=False)

    def close_all(self) -> None:
        """Close every connection, in a way that makes the pages connect again."""
        for engine_sid in list(self._server.eio.sockets):
            self.close(engine_sid)

    def _send_plainly(self, engine_sid: str, packet: engine_packet.Packet) -> None:
        # The private way is the one that Socket.IO's test client listens on.
        if self._has_direct_way:
            self._server._send_eio_packet(engine_sid, packet)
        else:
            self._server.eio.send_packet(engine_sid, packet)


def break_connection(environ: dict[str, Any]) -> None:
    """Shut the TCP connection under a WebSocket, for a writer that waits on a client which never reads."""
    if stream := environ.get("eventlet.input"):
        with suppress(OSError):
            stream.get_socket().shutdown(socket.SHUT_RDWR)
