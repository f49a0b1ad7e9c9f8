"""One frame a topic a tick: when what has changed is told, and to whom.

The first change of a quiet topic goes out at once, the following ones wait for the topic's tick. Two rules make the
ticks lengthen by themselves, so that telling never takes more than about half of the process however many are
watching:

- a topic that has just cost c seconds to tell rests for c times `NEAR_REST` (a section) or `FAR_REST` (a course, the
  site), and never under `TICK_SECONDS`: a large crowd far away is told of every second or two;
- after c seconds of telling, whatever the topics, the next may start 2 c later, with `BURST_SECONDS` of credit.

A diff is encoded once for all who watch, a state once for all who come between two diffs.
"""

from collections.abc import Callable

from .outbox import Outbox
from .roster import Roster
from .sockets import Socket, Sockets
from .wire import Frame

TICK_SECONDS = 0.05
NEAR_REST, FAR_REST = 4.0, 20.0
BURST_SECONDS = 0.1
LARGE_AUDIENCE = 500
"""A topic watched by more than this is told by the ticker only, never inside somebody's event."""


class Broadcast:
    """Everything here but `drain` is called with the roster locked."""

    def __init__(self, roster: Roster, sockets: Sockets, clock: Callable[[], float]) -> None:
        self.outbox = Outbox(sockets.send)
        self._roster, self._sockets, self._clock = roster, sockets, clock
        self._due: dict[str, float] = {}
        self._free_at = 0.0
        self._states: dict[str, tuple[int, object]] = {}
        self.ticks = 0

    def publish(self, largest_audience: float = LARGE_AUDIENCE) -> None:
        """Tell every changed topic whose time has come, the one that waits longest first."""
        now = self._clock()
        for path in sorted(self._roster.changed, key=lambda path: self._due.get(path, 0.0)):
            if self._due.get(path, 0.0) > now or self._free_at - now > BURST_SECONDS:
                break
            if self._sockets.audience(path) <= largest_audience:
                self._publish(path, now)

    def send_state(self, socket: Socket, path: str) -> None:
        """Give one socket the whole state of a topic."""
        topic = self._roster.topic(path)
        seq, packet = self._states.get(path, (None, None))
        if seq != topic.seq:
            packet = Frame("presence_state", topic.state())
            if path in self._roster.topics:
                self._states[path] = topic.seq, packet
        self.outbox.put([socket.engine_sid], packet)

    def next_due(self) -> float | None:
        """When `publish` will have something to tell, in the clock's seconds; None when nothing has changed."""
        if not self._roster.changed:
            return None
        earliest = min(self._due.get(path, 0.0) for path in self._roster.changed)
        return max(earliest, self._free_at - BURST_SECONDS)

    def _publish(self, path: str, now: float) -> None:
        diff = self._roster.publish(path)
        self.ticks += diff is not None
        audience = self._sockets.watching(path)
        if diff and audience:
            self.outbox.put(audience, Frame("presence_diff", diff))
            self._rest(path, now, len(audience) * self.outbox.frame_cost)
        if path not in self._roster.topics:
            self._states.pop(path, None)
            self._due.pop(path, None)

    def _rest(self, path: str, now: float, cost: float) -> None:
        rest = NEAR_REST if path.count("/") else FAR_REST
        self._due[path] = now + max(TICK_SECONDS, rest * cost)
        self._free_at = max(self._free_at, now) + 2 * cost
