"""Writes frames straight to a WebSocket whose writer has nothing to do.

Socket.IO hands every frame to a queue and a greenlet of the socket, which is woken for it, packs the WebSocket frame
anew and sets a timer for the next; most of what a frame costs is that. When the queue is empty and its greenlet waits,
the frame, packed once for everybody, can go out in one system call. When it cannot be written at once, it takes the
usual way. A frame that only went out in part ends the connection: whoever has that much unread has not read for long,
and comes back to a new state.

Works on eventlet's sockets, and changes nothing elsewhere.
"""

from socket import MSG_DONTWAIT


class Direct:
    """The way to one socket's wire, or None from `to` where there is none."""

    __slots__ = ("_queue", "_send")

    def __init__(self, queue, send) -> None:
        self._queue, self._send = queue, send

    @classmethod
    def to(cls, engine, environ: dict) -> "Direct | None":
        """From an Engine.IO socket and the WSGI environment of its handshake."""
        stream = environ.get("eventlet.input")
        if engine is None or stream is None or not hasattr(engine.queue, "getting"):
            return None
        return cls(engine.queue, stream.get_socket().fd.send)

    def write(self, frames: bytes) -> bool:
        """Whether the frames are on the wire. Raises ConnectionError when a part of them is."""
        if self._queue.qsize() or not self._queue.getting():
            return False
        try:
            sent = self._send(frames, MSG_DONTWAIT)
        except OSError:
            return False
        if sent < len(frames):
            raise ConnectionError
        return True
