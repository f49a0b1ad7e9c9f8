"""What one of several processes does with the log that they share: the steps of the protocol.

Every process appends its own changes and applies the whole log, its own changes included, in the log's order; so all
rosters are the same function of the same log. What it has announced of its own connections it also remembers, so
whenever process and log may have lost each other (the log was away or was emptied, the process stood still) it joins
again: it reads what is known, and says what of its own is missing there (reunion.py).

Each process renews a lease every second. Whoever finds that of another gone says so to all, once or twice, it makes no
difference; the process itself, should it only have stood still, answers by announcing its own again.

Nothing here waits but in the transactions; redis_log.py takes the steps in turn, a test in any order.
"""

import logging
from collections import deque
from threading import Lock
from time import monotonic, time

from ..change_log import Applier
from ..core.changes import Change, Company, Enter, NodeDown, Profile, SignOut
from ..core.roster import GRACE_SECONDS
from . import reconcile
from .local_connections import Announced
from .log_clock import LogTime
from .peers import Others
from .shared_log import LEASE_SECONDS, Away, Entry, Pulse, SharedLog, Snapshot, is_past

logger = logging.getLogger("presence")

PULSE_SECONDS = 1.0
BATCH = 200
LONGEST_QUEUE = 10_000


class Replica:
    """`disconnected` is for whoever takes the steps to say; `applied` and `joins` count since the start."""

    def __init__(self, node: Applier, shared: SharedLog, clock=monotonic, believed=time) -> None:
        self._node, self._shared, self._clock = node, shared, clock
        self._own, self._others = Announced(), Others(node.id)
        self._queue, self._writing = deque[Entry](), Lock()
        self._time = LogTime(clock, believed())
        self._run, self._position = "", "0-0"
        self.disconnected = self.joined = self._overflowed = False
        self._joined_at = self._pulse_at = float("-inf")
        self._complete_at = 0.0
        self.applied = self.joins = 0

    @property
    def synced(self) -> bool:
        """Whether the rosters agree, or cannot. Who was leaving when we came is not known: their grace must be over."""
        return self.disconnected or self.joined and self._clock() >= self._complete_at

    @property
    def waiting(self) -> int:
        """How many changes are still to be written."""
        return len(self._queue)

    def now(self) -> float:
        return self._time.applied()

    def append(self, change: Change) -> None:
        """Queue a change. An opt-out and a sign-out work on this process's own sockets at once, come what may."""
        is_command = isinstance(change, Profile | SignOut)
        if is_command:
            self._apply_locally(change)
        with self._node.lock:
            change = self._own.put(change, self._time.now())
            self._put(Entry(change, self._own.get(change), reconcile.to_drop(change, self._node.roster)), is_command)
            for enter in self._outdated_by(change) if is_command else ():
                self.append(enter)

    def join(self) -> None:
        """Agree with what is known, at the start and whenever something may have been missed."""
        with self._writing:
            snapshot = self._shared.begin()
            with self._node.lock:
                self._sync(snapshot)
        self._node.publish_now()
        # Sign-outs and choices that we could not hear are in the site's own books.
        self._node.reauthenticate()

    def write(self) -> bool:
        """Append some of what waits. Returns whether there was any."""
        with self._writing:
            if not self.joined or not self._queue:
                return False
            batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
            try:
                self._shared.write(batch)
            except Away:
                # It may have been done or not. Commands are given again; the rest is found out by joining.
                self._queue.extendleft(reversed(batch))
                self.joined = False
                raise
        return True

    def follow(self, seconds: float) -> None:
        """Apply what is new, waiting for it up to so many seconds."""
        entries = self._shared.read(self._position, BATCH, seconds)
        for position, at, change in entries:
            self._position = position
            if change:
                self._apply_entry(change, at)
        self._time.read(entries[-1][1] if entries else None, behind=len(entries) == BATCH)
        if entries:
            self._node.publish_now()

    def pulse(self) -> None:
        """Once a second: renew the lease, and look after those of the others."""
        if self._clock() - self._pulse_at < PULSE_SECONDS:
            return
        self._pulse_at = self._clock()
        pulse = self._shared.renew(self._others)
        if self._overflowed or not pulse.held or pulse.run != self._run or is_past(self._position, pulse.first):
            self.joined = False
        elif self._clock() - self._joined_at > LEASE_SECONDS:
            # Not before: when the log comes back all leases have run out, and everybody has to renew theirs first.
            self._announce_node_down(pulse)

    def mark_disconnected(self) -> bool:
        """The log is away. Returns whether that is news."""
        news, self.joined, self.disconnected = not self.disconnected, False, True
        if news:
            self._apply_queued_commands()
        return news

    def _apply_queued_commands(self) -> None:
        """Let the commands that wait to be written take effect here."""
        for change, *_ in list(self._queue):
            if isinstance(change, Profile | SignOut):
                self._node.apply(change, self.now())

    def _apply_locally(self, change: Change) -> None:
        if self.joined:
            self._node.notify(change)
        else:
            self._node.apply(change, self.now())

    def _put(self, entry: Entry, is_command: bool) -> None:
        if len(self._queue) >= LONGEST_QUEUE:
            self._overflowed = True
        elif self.joined or is_command:
            # Whatever else happens while we have not joined is said when we do.
            self._queue.append(entry)

    def _sync(self, snapshot: Snapshot) -> None:
        if not self._run:
            self._own.shift(snapshot.now - self._time.now())
            self._complete_at = self._clock() + (GRACE_SECONDS if snapshot.live else 0.0)
        self._queue = deque(entry for entry in self._queue if isinstance(entry.change, Profile | SignOut))
        # What was lost with the old run, nobody who came since can have read, even if the hash happens to hold it.
        told = snapshot.live if snapshot.run == self._run else dict.fromkeys(snapshot.live)
        self._run, self._position = snapshot.run, snapshot.position
        self._time.set(snapshot.now)
        self.joined, self._overflowed, self._joined_at = True, False, self._clock()
        self.joins += 1
        roster, node = self._node.roster, self._node.id
        for change in list(reconcile.to_apply(snapshot.live, roster, self._own, node)):
            # Whoever is missing went before now. Nobody knows when; a second ago leaves both sides of a reload time.
            self._node.apply(change, snapshot.now if isinstance(change, Enter) else snapshot.now - 1.0)
        self._apply_queued_commands()
        self._others.begin([*snapshot.live, *roster.connections])
        for change in list(reconcile.to_say(told, self._own, node)):
            self.append(change)

    def _apply_entry(self, change: Change, at: float) -> None:
        self._node.apply(change, at)
        self.applied += 1
        self._others.notice(change)
        if isinstance(change, Enter) and self._own.knows_less(change.user):
            # Whoever should have told us of the change has died over it.
            self._node.notify(Profile(change.user))
        with self._node.lock:
            is_me = change == NodeDown(self._node.id)
            for enter in list(self._own) if is_me else self._outdated_by(change):
                self.append(enter)

    def _outdated_by(self, change: Change) -> list[Enter]:
        """What of our own has to be said again after a change of a user."""
        roster, now = self._node.roster, self._time.now()
        if isinstance(change, Profile) or isinstance(change, Enter) and self._own.knows_less(change.user):
            return self._own.outdated(change.user, roster, now)
        if isinstance(change, Company) and (member := roster.members.get(change.user_id)):
            # It is said on all pages that its user has at that lesson.
            return self._own.outdated(member.user, roster, now)
        return []

    def _announce_node_down(self, pulse: Pulse) -> None:
        with self._node.lock:
            for node, dead in self._others.bury(pulse.gone):
                logger.warning("The process %s is gone; its people leave unless they come back elsewhere.", node)
                self._put(Entry(NodeDown(node), None, dead), is_command=False)
