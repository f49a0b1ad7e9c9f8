"""The moment at which each changed topic may be published: a tick after the last time. The clock is handed in."""

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

Due = tuple[float, str]
"""When a topic may be published, in the clock's seconds, and its path."""


class Schedule:
    """The topics that wait for their time, and the time of each."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._ticks: dict[str, LeakyBucket] = {}
        self._waiting: list[Due] = []
        self._is_waiting: set[str] = set()

    def __len__(self) -> int:
        """The topics of which anything is kept."""
        return len(self._due.keys() | self._ticks.keys() | self._is_waiting)

    def due_of(self, path: str) -> float:
        """The moment from which a topic may be published."""
        return self._due.get(path, 0.0)

    def take_due(self, changed: set[str], now: float) -> list[Due]:
        """Take the changed topics whose time has come, the one that has waited longest first, then the outermost.

        Each that cannot be published has to be put back.
        """
        # In a crowd most of what has changed waits for its tick, and this is asked at every event.
        for path in changed - self._is_waiting:
            self.put_back((self.due_of(path), path))
        due = []
        while self._waiting and self._waiting[0][0] <= now:
            due.append(heappop(self._waiting))
            self._is_waiting.discard(due[-1][1])
        return due

    def put_back(self, due: Due) -> None:
        """Let a topic wait."""
        self._is_waiting.add(due[1])
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

    def forget(self, path: str) -> None:
        """Drop what is kept for a topic that all have left."""
        self._due.pop(path, None)
        self._ticks.pop(path, None)
