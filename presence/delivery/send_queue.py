"""Frames waiting to be sent, in order, sent by one caller at a time.

Sending must hold no lock: it can close a socket whose client is gone, and that calls back into presence. So frames are
put here while the roster is locked, and sent by whichever caller flushes next, after unlocking. No caller waits: while
one is sending, it sends what the others put too, and a socket gets its frames in the order in which they were put.
"""

from collections import deque
from collections.abc import Callable, Sequence
from time import thread_time

from ..transport.frames import Frame, Frames

CHUNK = 250
"""So many frames are sent before others get a turn."""
MEASURED_OF = 4
FEW = 10
"""Fewer sockets than this say little about the cost of a frame."""

Send = Callable[[str, Frame | Frames], None]
Yield = Callable[[], None]


class SendQueue:
    """`send_few` is for small audiences, whose cost is not measured.

    `frames` and `bytes` count what was sent; `frame_cost` is what one frame costs here, in measured CPU seconds.
    """

    def __init__(self, send: Send, send_few: Send | None = None) -> None:
        self._send, self._send_few = send, send_few or send
        self._waiting: deque[tuple[Sequence[str], Frame | Frames]] = deque()
        # To pop the one token is atomic, in threads too, and a tenth of what a lock costs on eventlet.
        self._token = [True]
        self.frames = self.bytes = 0
        self.frame_cost, self._chunks = 15e-6, 0

    def put(self, engine_sids: Sequence[str], frame: Frame | Frames) -> None:
        self._waiting.append((engine_sids, frame))

    def flush(self, pause: Yield | None = None) -> None:
        """Send all that waits; `pause` lets others have a turn after each chunk."""
        while self._waiting:
            try:
                self._token.pop()
            except IndexError:
                return
            try:
                while self._waiting:
                    engine_sids, frame = self._waiting.popleft()
                    self._send_to_all(engine_sids, frame, pause)
            finally:
                self._token.append(True)

    def _send_to_all(self, engine_sids: Sequence[str], frame: Frame | Frames, pause: Yield | None) -> None:
        for start in range(0, len(engine_sids), CHUNK):
            if start and pause:
                pause()
            self._send_chunk(engine_sids[start : start + CHUNK], frame)

    def _send_chunk(self, engine_sids: Sequence[str], frame: Frame | Frames) -> None:
        # A handful of frames says more about whatever surrounds them than about the frames; and asking the time costs
        # half of one, so one chunk of several is measured.
        self._chunks += 1
        is_few = len(engine_sids) < FEW
        is_measured = not is_few and self._chunks % MEASURED_OF == 0
        send = self._send_few if is_few else self._send
        started = thread_time() if is_measured else 0.0
        for engine_sid in engine_sids:
            send(engine_sid, frame)
        self.frames += len(engine_sids) * len(frame.packets)
        self.bytes += len(engine_sids) * len(frame.bytes)
        if is_measured:
            self.frame_cost += ((thread_time() - started) / len(engine_sids) - self.frame_cost) * 0.1
