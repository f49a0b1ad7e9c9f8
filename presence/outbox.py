"""Frames on their way out, in order, sent by one drainer at a time.

Sending must hold no lock: it can close a socket whose client is gone, and that calls back into presence. So frames
are put here while the roster is locked, and whoever comes next sends them after unlocking. Nobody waits: if somebody
is sending already, they send ours too, and a socket gets its frames in the order in which they were put.
"""

from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock
from time import perf_counter

from .wire import Frame

CHUNK = 250
"""So many frames are sent before others get a turn."""


class Outbox:
    """`frames` and `bytes` count what was sent; `frame_cost` is what one frame costs here, in seconds, as measured."""

    def __init__(self, send: Callable[[str, Frame], None]) -> None:
        self._send = send
        self._waiting: deque = deque()
        self._draining = Lock()
        self.frames = self.bytes = 0
        self.frame_cost = 25e-6

    def put(self, engine_sids: Iterable[str], packet) -> None:
        self._waiting.append((engine_sids, packet))

    def drain(self, pause: Callable[[], None] | None = None) -> None:
        """Send all that waits; `pause` lets the sockets' writers run, after each chunk and at the end."""
        while self._waiting:
            if not self._draining.acquire(blocking=False):
                return
            try:
                self._drain(pause)
            finally:
                self._draining.release()

    def _drain(self, pause) -> None:
        sent, started = 0, perf_counter()
        while self._waiting:
            engine_sids, packet = self._waiting.popleft()
            size = len(packet.bytes)
            for engine_sid in engine_sids:
                self._send(engine_sid, packet)
                sent += 1
                self.bytes += size
                if pause and sent % CHUNK == 0:
                    pause()
        self.frames += sent
        if pause:
            pause()
            self._learn(sent, perf_counter() - started)

    def _learn(self, sent: int, seconds: float) -> None:
        # A handful of frames says more about whatever else ran meanwhile than about the frames.
        if sent >= 50:
            self.frame_cost += (seconds / sent - self.frame_cost) * 0.2
