"""The outgoing frames of one WebSocket on eventlet: sent at once if the kernel takes them, else by a greenlet.

Engine.IO has a queue and a greenlet for each socket, which is woken for every packet, packs it anew and sets a timer
for the next; most of what a frame costs is that, and much of the memory of a connection. Here a frame is one system
call. Only when a client does not read does a greenlet begin, which ends when the client has read all.

What may wait for the end of the current round of the event loop (some milliseconds in a crowd, nothing in a small one)
goes out with everything else that the round has for the same socket: on a busy site that is half as many calls.

It stands where Engine.IO has its queue, so Engine.IO's own packets (pings, its greeting) come here too.
"""

import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from sys import byteorder
from typing import Any

from engineio.packet import Packet

from .frames import websocket_frame
from .round import Round

try:
    from fcntl import ioctl
    from termios import TIOCOUTQ
except ImportError:  # Windows
    ioctl = None  # type: ignore[assignment]

DONT_WAIT = getattr(socket, "MSG_DONTWAIT", 0)
"""Eventlet's sockets never wait, so a system without the flag does without it."""
UNREAD_BYTES = 16 * 1024
"""A client with more than this on its way to it has no use for what may be dropped."""
CLOSE_FRAME = b"\x88\x00"


class Outbox:
    """`stream` is eventlet's socket, whose `fd` is the plain one; `spawn` starts a greenlet."""

    __slots__ = ("_is_closed", "_round", "_soon", "_spawn", "_stream", "_waiting", "_writer", "send")

    def __init__(self, stream: Any, spawn: Callable[[Callable[[], None]], Any], turn: Round) -> None:
        self._stream, self._spawn, self._round = stream, spawn, turn
        self.send: Callable[[bytes, int], int] = stream.fd.send
        self._waiting: deque[bytes | None] | None = None
        self._writer: Any = None
        self._soon: list[bytes] = []
        self._is_closed = False

    def put(self, packet: Packet | None) -> None:
        """Send an Engine.IO packet; None closes, after all that waits."""
        self.write(None if packet is None else websocket_frame(packet))

    def write(self, data: bytes | None) -> None:
        """Send WebSocket frames; None closes, after all that waits."""
        if self._soon:
            self.flush()
        if self._is_closed:
            return
        if self._waiting is not None:
            self._waiting.append(data)
        elif data is None:
            self._close()
        else:
            self._write_now(data)

    def write_soon(self, data: bytes) -> None:
        """Send WebSocket frames at the end of this round."""
        self._soon.append(data)
        if len(self._soon) == 1:
            self._round.add(self)

    def flush(self) -> None:
        """Send what waits for the end of the round."""
        if self._soon:
            soon, self._soon = self._soon, []
            self.write(b"".join(soon))

    def qsize(self) -> int:
        """The number of pieces that wait for the client to read."""
        return len(self._waiting or ())

    def size(self) -> int:
        """The bytes that wait."""
        return sum(len(data or b"") for data in self._waiting or ())

    def has_room(self) -> bool:
        """Return whether the client has read nearly everything: a frame that may be dropped must not go out in part."""
        if self._waiting is not None or self._is_closed:
            return False
        if ioctl is None:
            return True
        try:
            unread = ioctl(self._stream.fileno(), TIOCOUTQ, b"\0\0\0\0")
        except OSError:
            return False
        return int.from_bytes(unread, byteorder) <= UNREAD_BYTES

    def abandon(self) -> None:
        """Drop what waits: the client is gone."""
        self._is_closed = True
        if self._writer is not None:
            with suppress(OSError):
                self._stream.shutdown(socket.SHUT_RDWR)
            self._writer.wait()

    def _write_now(self, data: bytes) -> None:
        try:
            sent = self.send(data, DONT_WAIT)
        except BlockingIOError:
            sent = 0
        except OSError:
            # The reader finds out why.
            return
        if sent < len(data):
            self._waiting = deque([data[sent:]])
            self._writer = self._spawn(self._write_what_waits)

    def _write_what_waits(self) -> None:
        waiting = self._waiting
        with suppress(OSError):
            while waiting:
                if (data := waiting[0]) is None:
                    self._close()
                else:
                    self._stream.sendall(data)
                waiting.popleft()
        self._waiting = self._writer = None

    def _close(self) -> None:
        self._is_closed = True
        with suppress(OSError):
            self.send(CLOSE_FRAME, DONT_WAIT)
            # The client closes its side, and the reader ends; if it does not, its heartbeat does.
            self._stream.shutdown(socket.SHUT_WR)
