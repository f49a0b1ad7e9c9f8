"""One frame a topic a tick: when what has changed is told, and to whom.

The first change of a quiet topic goes out at once, the following ones wait for the topic's tick. The ticks lengthen by
themselves, so that telling never takes more than about half of the process however many are watching: the near topics
(sections) have one share of it, the far ones (courses, the site) a small other one, and after c CPU seconds of telling
a lane rests until c is no more than its share. The cost of a frame is measured as it goes. So a section waits for other
sections, but never for a crowd far away, and a site of ten thousand hears of its total every second or two.

A diff is encoded once for all who watch, a state once for all who come between two diffs.
"""

from collections.abc import Callable

from ..core.roster import Roster
from ..transport.frames import Frame, Frames
from ..transport.hub import Socket, Sockets
from .send_queue import Outbox

TICK_SECONDS = 0.05
NEAR_SHARE, FAR_SHARE = 0.46, 0.04
BURST_SECONDS = 0.1
"""How far ahead of its share a lane may be."""
LARGE_AUDIENCE = 500
"""A topic watched by more than this is told by the ticker only, never inside somebody's event."""


class Lane:
    """Topics that share a part of the process; `free_at` is when they are back within it."""

    def __init__(self, send: Callable, share: float) -> None:
        self.outbox, self.free_at = Outbox(send), 0.0
        self._share = share

    @property
    def opens_at(self) -> float:
        return self.free_at - BURST_SECONDS

    def send(self, audience: list[str], frame: Frame, now: float) -> None:
        self.outbox.put(audience, frame)
        self.free_at = max(self.free_at, now) + len(audience) * self.outbox.frame_cost / self._share


class Broadcast:
    """Everything here but `drain` is called with the roster locked. `ticks` counts the diffs that were published."""

    def __init__(self, roster: Roster, sockets: Sockets, clock: Callable[[], float]) -> None:
        self._near, self._far = Lane(sockets.send, NEAR_SHARE), Lane(sockets.send, FAR_SHARE)
        self._roster, self._sockets, self._clock = roster, sockets, clock
        self._due: dict[str, float] = {}
        self._states: dict[str, tuple[int, Frame]] = {}
        self.ticks = 0

    @property
    def outboxes(self) -> tuple[Outbox, Outbox]:
        """The near and the far one, for whoever measures."""
        return self._near.outbox, self._far.outbox

    def publish(self, largest_audience: float = LARGE_AUDIENCE) -> None:
        """Tell every changed topic whose time has come, the one that waits longest first, then the outermost."""
        now = self._clock()
        for due, path in sorted((self._due_of(path), path) for path in self._roster.changed):
            if due > now:
                break
            if self._lane(path).opens_at <= now and self._sockets.audience(path) <= largest_audience:
                self._publish(path, now)

    def drain(self, pause: Callable[[], None] | None = None) -> None:
        """Send what was told; `pause` lets others have a turn within a large audience."""
        self._near.outbox.drain()
        self._far.outbox.drain(pause)

    def send(self, sockets: list[Socket], frame: Frame | Frames) -> None:
        """Give a frame to some sockets, whatever waits for a crowd."""
        self._near.outbox.put([socket.engine_sid for socket in sockets], frame)

    def send_states(self, socket: Socket, paths: tuple[str, ...]) -> None:
        """Give one socket the whole states of topics. A diff that one overtakes is an old one to the client."""
        if paths:
            self.send([socket], Frames(self._state(path) for path in paths))

    def _state(self, path: str) -> Frame:
        topic = self._roster.topic(path)
        seq, frame = self._states.get(path, (None, None))
        if frame is None or seq != topic.seq:
            frame = Frame("presence_state", topic.state())
            if path in self._roster.topics:
                self._states[path] = topic.seq, frame
        return frame

    def next_due(self) -> float | None:
        """When `publish` will have something to tell, in the clock's seconds; None when nothing has changed."""
        times = (max(self._due_of(path), self._lane(path).opens_at) for path in self._roster.changed)
        return min(times, default=None)

    def _publish(self, path: str, now: float) -> None:
        diff = self._roster.publish(path)
        self.ticks += diff is not None
        audience = self._sockets.watching(path)
        if diff and audience:
            self._lane(path).send(audience, Frame("presence_diff", diff), now)
        if diff and self._sockets.is_watched(path):
            self._due[path] = now + TICK_SECONDS
        if path not in self._roster.topics:
            self._states.pop(path, None)
            self._due.pop(path, None)

    def _lane(self, path: str) -> Lane:
        return self._near if "/" in path else self._far

    def _due_of(self, path: str) -> float:
        return self._due.get(path, 0.0)
