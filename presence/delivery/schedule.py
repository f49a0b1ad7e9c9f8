"""The moment at which each changed topic may be published: a tick after the last time. The clock is handed in."""

from collections.abc import Iterator
from heapq import heappop, heappush

from ..transport.rate_limit import LeakyBucket

TICK_SECONDS, LONG_TICK, LONGEST_TICK = 0.05, 0.1, 0.15
TOPIC_SHARE = 0.04
"""The tick of one topic lengthens so that it takes no more than this of the process, up to `LONG_TICK`: twice as often
would not be seen, and cost a large section twice as much. A section of 180 (10,000 people over 56) has the shortest
tick still: with half of this share its second move waited for up to 90 ms."""
TICKS_AT_ONCE, TICKS_PER_SECOND, RESTLESS_SHARE = 10, 2, 0.01
"""A topic that has used up these ticks, because it changes all the time, has a longer one until it has saved up more:
`LONG_TICK`, or so long that it takes this smaller share, up to `LONGEST_TICK`. Ten diffs a second are enough for the
eye, and with few watching, making a diff costs more than sending it."""
NEWCOMER_SHARE, LONGEST_WAIT = 0.004, 0.4
"""Where many watch, newcomers to the site wait longer, so that their diffs take no more than this share, and at most
`LONGEST_WAIT`: when ten thousand come, each would else be a frame of their own to all who are there already. Someone
who comes to a section from elsewhere on the site does not wait, nor does anyone where few watch."""

Due = tuple[float, str]
"""When a topic may be published, in the clock's seconds, and its path."""


class Schedule:
    """The topics that wait for their time, and the time of each."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._newcomers_due: dict[str, float] = {}
        self._ticks: dict[str, LeakyBucket] = {}
        self._waiting: list[Due] = []
        self._waits_until: dict[str, float] = {}
        self._patient: set[str] = set()

    def __len__(self) -> int:
        """The topics of which anything is kept."""
        return len(self._due.keys() | self._newcomers_due.keys() | self._ticks.keys() | self._waits_until.keys())

    def due_of(self, path: str, is_urgent: bool = True) -> float:
        """The moment from which a topic may be published; a later one if only newcomers have changed it."""
        return (self._due if is_urgent else self._newcomers_due).get(path, 0.0)

    def take_due(self, changed: set[str], urgent: set[str], now: float) -> list[Due]:
        """Take the changed topics whose time has come, the one that has waited longest first, then the outermost.

        Each that cannot be published has to be put back.
        """
        # In a crowd most of what has changed waits for its tick, and this is asked at every event.
        for path in changed - self._waits_until.keys():
            if path not in urgent:
                self._patient.add(path)
            self.put_back((self.due_of(path, path in urgent), path))
        for path in urgent & self._patient:
            self._patient.discard(path)
            self.put_back((self.due_of(path), path))
        return list(self._pop(now))

    def put_back(self, due: Due) -> None:
        """Let a topic wait."""
        at, path = due
        self._waits_until[path] = at
        heappush(self._waiting, due)

    def rest(self, path: str, cost: float, now: float) -> None:
        """Begin the tick of a topic that has just been published, which takes `cost` seconds of sending."""
        ticks = self._ticks.get(path)
        if ticks is None:
            ticks = self._ticks[path] = LeakyBucket(TICKS_AT_ONCE, TICKS_PER_SECOND, now)
        if ticks.allow(now):
            tick = min(max(TICK_SECONDS, cost / TOPIC_SHARE), LONG_TICK)
        else:
            tick = min(max(LONG_TICK, cost / RESTLESS_SHARE), LONGEST_TICK)
        self._due[path] = now + tick
        self._newcomers_due[path] = now + max(tick, min(cost / NEWCOMER_SHARE, LONGEST_WAIT))

    def forget(self, path: str) -> None:
        """Drop what is kept for a topic that all have left."""
        for kept in (self._due, self._newcomers_due, self._ticks):
            kept.pop(path, None)

    def _pop(self, now: float) -> Iterator[Due]:
        while self._waiting and self._waiting[0][0] <= now:
            at, path = heappop(self._waiting)
            # One that became urgent has a sooner entry, and this one says nothing.
            if self._waits_until.get(path) == at:
                del self._waits_until[path]
                self._patient.discard(path)
                yield at, path
