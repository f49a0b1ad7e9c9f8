"""Serves the WebSockets of an Engine.IO server on eventlet in its place: websocket.py reads, outbox.py writes."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import engineio

from .frames import websocket_frame
from .heartbeat import Heartbeat
from .outbox import Outbox
from .round import Round
from .websocket import Receive, WebSocket

END_SECONDS = 0.002
"""About twice what the end of a connection takes."""


class WebSocketServer:
    """One heartbeat and one round of writes for all connections. `eventlet` is the module, which not every site has."""

    def __init__(self, engine: engineio.Server, receive: Receive, eventlet: Any) -> None:
        self._engine, self._receive, self._eventlet = engine, receive, eventlet
        start = engine.start_background_task
        self._heartbeat = Heartbeat(engine.ping_interval, engine.ping_timeout, monotonic, start, engine.sleep)
        self._round = Round(lambda end: eventlet.hubs.get_hub().schedule_call_global(0, end))
        self._ends = Ends(engine.sleep, monotonic)

    def serve(self, socket: Any, stream: Any, answer: bytes) -> None:
        """Answer the handshake and serve one Engine.IO socket, connected by eventlet's `stream`, until it ends."""
        outbox = self._take_over(socket, stream, answer)
        hub, greenlet = self._eventlet.hubs.get_hub(), self._eventlet.getcurrent()
        try:
            websocket = WebSocket(socket, stream, outbox, hub, greenlet)
            websocket.serve(self._receive, self._heartbeat, self._engine.sleep)
        finally:
            self._end(socket)

    def _take_over(self, socket: Any, stream: Any, answer: bytes) -> Outbox:
        """Put an outbox where Engine.IO has its queue, and send what waits there with the answer, in one piece."""
        waiting, outbox = socket.queue, Outbox(stream, self._eventlet.spawn, self._round)
        socket.connected = socket.upgraded = True
        packets = [waiting.get() for _ in range(waiting.qsize())]
        outbox.write(answer + b"".join([websocket_frame(packet) for packet in packets if packet]))
        if None in packets:
            outbox.put(None)
        socket.queue = outbox
        return outbox

    def _end(self, socket: Any) -> None:
        try:
            self._ends.wait()
        finally:
            socket.close(wait=False, abort=True, reason=self._engine.reason.TRANSPORT_CLOSE)
            self._engine.sockets.pop(socket.sid, None)


class Ends:
    """Lets connections that end together (a network fails, a proxy restarts) end one after the other.

    Each takes about a millisecond, and those that come back must not wait for a thousand of them.
    """

    def __init__(self, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._sleep, self._clock, self._next = sleep, clock, 0.0

    def wait(self) -> None:
        """Wait until it is this connection's turn."""
        now = self._clock()
        at, self._next = max(now, self._next), max(now, self._next) + END_SECONDS
        if at > now:
            self._sleep(at - now)
