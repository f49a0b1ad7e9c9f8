"""The budgets of sending: a share of the process each, kept by resting after what was sent."""

from ..transport.frames import Frame, Frames
from .send_queue import Send, SendQueue

BURST_SECONDS = 0.1
"""The most that a budget may be ahead of its share."""


class FanoutBudget:
    """Topics that share a part of the process; `paid_until` is when they are back within it."""

    def __init__(self, send: Send, share: float, send_few: Send | None = None) -> None:
        self.queue, self.paid_until = SendQueue(send, send_few), 0.0
        self._share = share

    @property
    def ready_at(self) -> float:
        return self.paid_until - BURST_SECONDS

    def send(self, audience: list[str], frame: Frame, now: float) -> None:
        self._put(audience, frame, now)

    def _put(self, audience: list[str], frame: Frame | Frames, now: float) -> None:
        self.queue.put(audience, frame)
        self.paid_until = max(self.paid_until, now) + len(audience) * self.queue.frame_cost / self._share


class FarBudget(FanoutBudget):
    """The budget of the far topics: `send` collects frames, `settle` queues and pays them, one piece per socket."""

    def __init__(self, send: Send, share: float) -> None:
        super().__init__(send, share)
        self._collected: list[tuple[list[str], Frame]] = []

    def send(self, audience: list[str], frame: Frame, now: float) -> None:
        self._collected.append((audience, frame))

    def settle(self, now: float) -> None:
        collected, self._collected = self._collected, []
        for audience, piece in merged(collected):
            self._put(audience, piece, now)


def merged(frames: list[tuple[list[str], Frame]]) -> list[tuple[list[str], Frame | Frames]]:
    """The same frames for the same sockets, with one piece for each socket."""
    if len(frames) < 2:
        return [*frames]
    of: dict[str, tuple[Frame, ...]] = {}
    for audience, frame in frames:
        for engine_sid in audience:
            of[engine_sid] = (*of.get(engine_sid, ()), frame)
    audiences: dict[tuple[Frame, ...], list[str]] = {}
    for engine_sid, own in of.items():
        audiences.setdefault(own, []).append(engine_sid)
    return [(engine_sids, Frames(own)) for own, engine_sids in audiences.items()]


class LiveBudget(FanoutBudget):
    """The budget of the rooms: for frames that must arrive, and for signals, which may be dropped."""

    def __init__(self, send: Send, send_if_free: Send, share: float, send_few: Send | None = None) -> None:
        super().__init__(send, share, send_few)
        self.volatile = SendQueue(send_if_free)

    def send_volatile(self, audience: list[str], frame: Frame, now: float) -> None:
        self.volatile.put(audience, frame)
        self.paid_until = max(self.paid_until, now) + len(audience) * self.volatile.frame_cost / self._share
