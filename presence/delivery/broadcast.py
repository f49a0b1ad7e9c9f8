"""Publishing: one frame per topic and tick, within a CPU budget.

The first change of a quiet topic goes out at once, the following ones wait for the topic's tick (schedule.py). Fan-out
never takes more than about 58 % of the process however many are watching: the near topics (sections) have one budget,
the far ones (courses, the site) a small other one, the rooms a third one, and after c CPU seconds of sending a budget
rests until c is no more than its share. The cost of a frame is measured as it goes. So a section waits for other
sections, but never for a crowd far away, and a site of ten thousand hears of its total every few seconds.

A diff is encoded once for all who watch, a state once for all who come between two diffs. The far diffs of one moment
reach a socket in one piece: who watches a course watches the site as well, and a piece costs what a frame does.
"""

from collections.abc import Callable
from typing import Protocol

from ..core.payloads import Diff
from ..core.roster import Roster
from ..transport.frames import Frame, Frames
from ..transport.hub import Hub
from ..transport.socket import Socket
from .fanout_budget import FanoutBudget, FarBudget, LiveBudget
from .schedule import Schedule
from .send_queue import SendQueue, Yield

NEAR_SHARE, FAR_SHARE, LIVE_SHARE = 0.46, 0.02, 0.10
LARGE_AUDIENCE = 500
"""A topic watched by more than this is published by the ticker only, never inside a client's event."""


class Sender(Protocol):
    """The ways to a socket that a broadcast needs; see transport/writer.py."""

    def send(self, engine_sid: str, frame: Frame | Frames) -> None: ...

    def send_soon(self, engine_sid: str, frame: Frame | Frames) -> None: ...

    def send_if_free(self, engine_sid: str, frame: Frame | Frames) -> None: ...


class Broadcast:
    """Everything here but `flush` is called with the roster locked. `ticks` counts the diffs that were published."""

    def __init__(self, roster: Roster, hub: Hub, writer: Sender, clock: Callable[[], float]) -> None:
        self._near = FanoutBudget(writer.send, NEAR_SHARE, writer.send_soon)
        self._far = FarBudget(writer.send, FAR_SHARE)
        self.live = LiveBudget(writer.send, writer.send_if_free, LIVE_SHARE, writer.send_soon)
        self._roster, self._hub, self._clock = roster, hub, clock
        self._schedule = Schedule()
        self._states: dict[str, tuple[int, Frame]] = {}
        self.ticks = 0

    @property
    def queues(self) -> tuple[SendQueue, ...]:
        """The near one, the far one, and the two of the rooms, for metrics."""
        return self._near.queue, self._far.queue, self.live.queue, self.live.volatile

    def publish(self, largest_audience: float = LARGE_AUDIENCE) -> None:
        """Publish every changed topic whose time has come, the one that waits longest first, then the outermost."""
        now, early = self._clock(), []
        for due in self._schedule.take_due(self._roster.changed, self._roster.urgent, now):
            path = due[1]
            if self._budget(path).ready_at <= now and self._hub.audience(path) <= largest_audience:
                self._publish(path, now)
            else:
                early.append(due)
        for due in early:
            self._schedule.put_back(due)
        self._far.settle(now)

    def flush(self, pause: Yield | None = None) -> None:
        """Send what was published; `pause` lets others have a turn within a large audience."""
        self._near.queue.flush()
        self._far.queue.flush(pause)
        self.live.queue.flush(pause)
        self.live.volatile.flush(pause)

    def send(self, sockets: list[Socket], frame: Frame | Frames) -> None:
        """Give a frame to some sockets, whatever waits for a crowd."""
        self._near.queue.put([socket.engine_sid for socket in sockets], frame)

    def send_states(self, socket: Socket, paths: tuple[str, ...]) -> None:
        """Give one socket the whole states of topics. A diff that one overtakes is an old one to the client."""
        if paths:
            self.send([socket], Frames(self._state(path) for path in paths))

    def next_due(self) -> float | None:
        """The moment at which `publish` has something to do, in the clock's seconds; None when nothing has changed."""
        urgent, due_of = self._roster.urgent, self._schedule.due_of
        times = (max(due_of(path, path in urgent), self._budget(path).ready_at) for path in self._roster.changed)
        return min(times, default=None)

    def _state(self, path: str) -> Frame:
        topic = self._roster.topic(path)
        seq, frame = self._states.get(path, (None, None))
        if frame is None or seq != topic.seq:
            frame = Frame("presence_state", topic.state())
            if path in self._roster.topics:
                self._states[path] = topic.seq, frame
        return frame

    def _publish(self, path: str, now: float) -> None:
        if diff := self._roster.publish(path):
            self.ticks += 1
            self._send_diff(path, diff, now)
        if path not in self._roster.topics:
            self._states.pop(path, None)
            self._schedule.forget(path)

    def _send_diff(self, path: str, diff: Diff, now: float) -> None:
        if audience := self._hub.watching(path):
            self._budget(path).send(audience, Frame("presence_diff", diff), now)
        if self._hub.is_watched(path):
            self._schedule.rest(path, len(audience) * self._near.queue.frame_cost, now)

    def _budget(self, path: str) -> FanoutBudget:
        return self._near if "/" in path else self._far
