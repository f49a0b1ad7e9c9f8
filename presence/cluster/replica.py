"""The steps that one process takes with the shared log.

Every process appends its own changes and applies the whole log, its own changes included, in the log's order; so all
rosters are the same function of the same log. It also remembers the last Enter of each of its own connections, so
whenever process and log may have lost each other (the log was away or was emptied, the process stood still) it joins
again: it reads the live connections, and appends its own that are missing there (reconcile.py).

Each process renews a lease every second. A process that finds the lease of another gone appends a NodeDown, once or
twice, it makes no difference; if the other one only stood still, it answers by appending its own connections again.

Only the transactions wait; redis_log.py takes the steps in turn, a test in any order.
"""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic, time

from ..change_log import Applier
from ..core.changes import Change, Enter, Leave, NodeDown, Profile
from ..core.grace_period import GRACE_SECONDS
from ..core.room_changes import Restored
from . import reconcile
from .lease import Lease
from .local_connections import LocalConnections
from .log_clock import LogClock
from .peers import Peers
from .shared_log import LEASE_SECONDS, Entry, Heartbeat, SharedLog, Snapshot, Unreachable
from .write_queue import BATCH, WriteQueue, is_command

logger = logging.getLogger("presence")

Clock = Callable[[], float]


class Replica:
    """The caller of the steps sets `disconnected`; `applied` and `joins` count since the start."""

    def __init__(self, node: Applier, shared: SharedLog, clock: Clock = monotonic, wall: Clock = time) -> None:
        self._node, self._shared, self._clock = node, shared, clock
        self._own, self._peers = LocalConnections(), Peers(node.id)
        self._queue, self._writing = WriteQueue(), Lock()
        self._time, self._lease = LogClock(clock, wall()), Lease(clock)
        self._run, self._position = "", "0-0"
        self.disconnected = self.joined = False
        self._joined_at = self._complete_at = float("-inf")
        self.applied = self.joins = 0

    @property
    def synced(self) -> bool:
        """True if the roster is complete, or cannot be. Grace periods from before the join must end first."""
        return self.disconnected or self.joined and self._clock() >= self._complete_at

    @property
    def waiting(self) -> int:
        """The number of changes still to be written."""
        return len(self._queue)

    def now(self) -> float:
        return self._time.applied()

    def append(self, change: Change) -> None:
        """Queue a change. A profile and a sign-out reach this process's own sockets at once, even without the log."""
        if is_command(change):
            self._apply_locally(change)
        with self._node.lock:
            change = self._own.put(change, self._time.now())
            self._put(Entry(change, self._own.get(change), reconcile.keys_to_delete(change, self._node.roster)))
            for enter in self._to_reannounce(change) if is_command(change) else ():
                self.append(enter)

    def join(self) -> None:
        """Reconcile with the log, at the start and whenever something may have been missed."""
        with self._writing:
            snapshot = self._shared.begin(self._position)
            with self._node.lock:
                self._sync(snapshot)
        self._node.publish_now()
        # Sign-outs and visibility choices that we missed are in the site's database.
        self._node.reauthenticate()

    def write(self) -> bool:
        """Append a batch of what is queued. Returns whether there was any."""
        with self._writing:
            if not self.joined or not self._queue:
                return False
            batch = self._queue.take()
            try:
                self._shared.write(batch)
            except Unreachable:
                # It may have been written or not. Commands are written again; joining finds out about the rest.
                self._queue.put_back(batch)
                self.joined = False
                raise
        return True

    def follow(self, seconds: float) -> None:
        """Apply new entries, waiting at most `seconds` for one."""
        entries = self._shared.read(self._position, BATCH, seconds)
        for position, at, change in entries:
            self._position = position
            if change:
                self._apply_entry(change, at)
        self._time.read(entries[-1][1] if entries else None, behind=len(entries) == BATCH)
        if entries:
            self._node.publish_now()

    def heartbeat(self) -> None:
        """Once a second: renew the lease, and check those of the others."""
        if not self._lease.is_due():
            return
        heartbeat = self._shared.renew(self._peers, None if self.waiting else self._own.oldest())
        if self._lease.is_lost(heartbeat, self._run, self._position) or self._queue.overflowed:
            self.joined = False
        elif self._clock() - self._joined_at > LEASE_SECONDS:
            # Not before: when the log comes back all leases have run out, and each process has to renew its own first.
            self._announce_node_down(heartbeat)

    def mark_disconnected(self) -> bool:
        """Note that the log cannot be reached. Returns whether that is new."""
        news, self.joined, self.disconnected = not self.disconnected, False, True
        if news:
            self._apply_queued_commands()
        return news

    def _apply_queued_commands(self) -> None:
        """Apply queued profiles and sign-outs here, though the log does not have them yet."""
        for change in self._queue.commands():
            self._node.apply(change, self.now())

    def _apply_locally(self, change: Change) -> None:
        if self.joined:
            self._node.notify(change)
        else:
            self._node.apply(change, self.now())

    def _put(self, entry: Entry) -> None:
        # Everything else that happens before we have joined is announced when we join.
        if self.joined or self._queue.must_keep(entry.change):
            self._queue.put(entry)

    def _sync(self, snapshot: Snapshot) -> None:
        if not self._run:
            self._own.shift_times(snapshot.now - self._time.now())
            self._time.set(snapshot.now)
            self._complete_at = self._clock() + (GRACE_SECONDS if snapshot.live else 0.0)
        self._queue.reset()
        # Redis lost its data: announce everything again, even entries that the hash still holds.
        is_lost = snapshot.run != self._run
        known = dict.fromkeys(snapshot.live) if is_lost else snapshot.live
        self._run, self._position = snapshot.run, snapshot.position
        self._follow_jump(snapshot.now)
        self._time.resume(snapshot.now)
        self.joined, self._joined_at = True, self._clock()
        self.joins += 1
        roster, node = self._node.roster, self._node.id
        for change in list(reconcile.changes_to_apply(snapshot.live, roster, self._own, node)):
            # A missing connection left before now; a second ago leaves both sides of a reload time.
            self._node.apply(change, self.now() if isinstance(change, Enter) else self.now() - 1.0)
        self._node.apply(Restored(snapshot.cells, is_lost), self.now())
        self._apply_queued_commands()
        self._peers.reset([*snapshot.live, *roster.connections])
        for change in list(reconcile.changes_to_announce(known, self._own, node)):
            self.append(change)

    def _apply_entry(self, change: Change, at: float) -> None:
        self._follow_jump(at)
        self._node.apply(change, self._time.closing(at) if isinstance(change, Leave | NodeDown) else at)
        self.applied += 1
        self._peers.observe(change)
        if isinstance(change, Enter) and self._own.has_older(change.user):
            # The process that should have appended this profile died first.
            self._node.notify(Profile(change.user))
        with self._node.lock:
            is_me = change == NodeDown(self._node.id)
            for enter in list(self._own) if is_me else self._to_reannounce(change):
                self.append(enter)

    def _follow_jump(self, at: float) -> None:
        """Keep grace periods as long as they are when the log's machine sets its clock forward."""
        if jump := self._time.jump(at):
            with self._node.lock:
                self._node.roster.graces.shift(jump)

    def _to_reannounce(self, change: Change) -> list[Enter]:
        return self._own.to_reannounce(change, self._node.roster, self._time.now())

    def _announce_node_down(self, heartbeat: Heartbeat) -> None:
        with self._node.lock:
            for node, dead in self._peers.remove_dead(heartbeat.gone):
                logger.warning("The process %s is gone; its people leave unless they come back elsewhere.", node)
                self._put(Entry(NodeDown(node), None, dead))
