"""Several processes and the log that they share, without any of them: time, losses and deaths are the test's to choose.

`Shared` is what Redis is to them: a log, a hash, leases, a token. `Process` has the real Replica and the real Roster,
and of the rest as much as they need: sockets, and what a socket knows of its user.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from threading import RLock

from presence.cluster.replica import Replica
from presence.cluster.shared_log import LEASE_SECONDS, Heartbeat, Snapshot, Unreachable
from presence.core.change_json import decode, encode
from presence.core.changes import Activity, Enter, Leave, Profile, SignOut, StudyStatus
from presence.core.people import Keys, User
from presence.core.room_changes import RoomChange
from presence.core.roster import Roster
from presence.core.study_status import STATUS_SECONDS

KEYS = Keys(b"secret")
LONGEST = 60


class Shared:
    """The log's side. `up` False loses every message; `losing` is "request", "answer" or None, for the next one."""

    def __init__(self) -> None:
        self.now, self.up, self.losing = 1000.0, True, None
        self.step = 0.0
        self.runs = self.last = 0
        self.nodes, self.unconnected = set[str](), set[str]()
        self.flush()
        self.back_up()

    def flush(self) -> None:
        """Lose everything that is known, as a restart without persistence does."""
        self.entries: list[tuple[int, float, str]] = []
        self.live: dict[str, str] = {}
        self.leases: dict[str, float] = {}
        self.run: str | None = None

    def back_up(self) -> None:
        self.copy = deepcopy((self.entries, self.live, self.leases, self.run))

    def restore(self) -> None:
        """Restart with what was backed up, or empty; everyone has to connect again."""
        self.entries, self.live, self.leases, self.run = deepcopy(self.copy)
        self.unconnected = set(self.nodes)

    def ask(self, node: str, transaction):
        """Carry a transaction out, and get its answer back, or lose one of the two."""
        losing, self.losing = self.losing, None
        is_cut = node in self.unconnected
        self.unconnected.discard(node)
        self.nodes.add(node)
        if not self.up or losing == "request" or is_cut:
            raise Unreachable("The request was lost.")
        answer = transaction()
        if losing == "answer":
            raise Unreachable("The answer was lost.")
        return answer

    @property
    def time(self) -> float:
        """The time by its own wall clock, which may be set: `step` seconds off."""
        return self.now + self.step

    def begin(self, node: str, position: str) -> Snapshot:
        if self.entries and self.entries[-1][0] < int(position.split("-")[0]):
            self.entries, self.live, self.run = [], {}, None
        self.leases[node] = self.time + LEASE_SECONDS
        if self.run is None:
            self.runs += 1
            self.run = f"run {self.runs}"
        live = {connection: decode(text) for connection, text in self.live.items()}
        return Snapshot(self.time, self.run, f"{self.entries[-1][0] if self.entries else 0}-0", live)

    def write(self, entries) -> None:
        for change, keep, drop in entries:
            self.last += 1
            # As Redis does it, no entry is older than the one before.
            at = max(self.time, self.entries[-1][1] if self.entries else 0.0)
            self.entries.append((self.last, at, encode(change)))
            if keep:
                self.live[keep.connection] = encode(keep)
            for connection in drop:
                self.live.pop(connection, None)
        del self.entries[:-LONGEST]

    def read(self, position: str, count: int) -> list:
        after = int(position.split("-")[0])
        found = [(f"{id_}-0", at, decode(text)) for id_, at, text in self.entries if id_ > after]
        return found[:count]

    def renew(self, node: str, others, probe) -> Heartbeat:
        held = self._holds(node)
        self.leases[node] = self.time + LEASE_SECONDS
        first = f"{self.entries[0][0]}-0" if self.entries else None
        kept = probe is None or probe in self.live
        return Heartbeat(self.time, held, self.run, first, {other for other in others if not self._holds(other)}, kept)

    def end(self, node: str) -> None:
        self.leases.pop(node, None)

    def _holds(self, node: str) -> bool:
        return self.leases.get(node, 0.0) > self.time


class Line:
    """One process's way to the log."""

    def __init__(self, shared: Shared, node: str) -> None:
        self._shared, self._node = shared, node

    def begin(self, position):
        return self._shared.ask(self._node, lambda: self._shared.begin(self._node, position))

    def write(self, entries):
        entries = list(entries)
        return self._shared.ask(self._node, lambda: self._shared.write(entries))

    def read(self, position, count, _seconds):
        return self._shared.ask(self._node, lambda: self._shared.read(position, count))

    def renew(self, others, probe=None):
        others = list(others)
        return self._shared.ask(self._node, lambda: self._shared.renew(self._node, others, probe))

    def end(self):
        return self._shared.ask(self._node, lambda: self._shared.end(self._node))


@dataclass
class Page:
    """An open socket, as its process knows it."""

    user: User
    place: str
    status: str = "active"


class Process:
    """The node of a Replica. `skew` is how wrong its own clock is, `site` asks the database about a user."""

    def __init__(self, shared: Shared, node: str, skew: float = 0.0, site=lambda user: user) -> None:
        self.id, self.lock, self.standing_still = node, RLock(), False
        self.roster = Roster(KEYS, node)
        self.pages: dict[str, Page] = {}
        self.site = site
        self.heard: list = []
        start = shared.now
        self.log = Replica(self, Line(shared, node), lambda: shared.now - start, lambda: shared.now + skew)

    def apply(self, change, at: float) -> None:
        self.roster.expire(at)
        if isinstance(change, RoomChange):
            return
        self.roster.apply(change, at)
        self.notify(change)

    def notify(self, change) -> None:
        for connection, page in list(self.pages.items()):
            if isinstance(change, Profile) and page.user.id == change.user.id:
                if change.user.revision >= page.user.revision:
                    page.user = replace(change.user, session=page.user.session)
            elif isinstance(change, SignOut) and change.ends(page.user):
                self.close(connection, grace=False)

    def reauthenticate(self) -> None:
        for connection, page in list(self.pages.items()):
            user = self.site(page.user)
            if user is None:
                self.close(connection, grace=False)
            elif user.revision > page.user.revision:
                self.log.append(Profile(user))

    def publish_now(self) -> None:
        """The messages that a viewer here would have got meanwhile."""
        for path in sorted(self.roster.changed):
            if diff := self.roster.publish(path):
                self.heard.append(diff)

    def open(self, name: str, user: User, place: str) -> None:
        self.pages[f"{self.id}/{name}"] = Page(user, place)
        self._enter(f"{self.id}/{name}")

    def move(self, connection: str, place: str) -> None:
        self.pages[connection].place = place
        self._enter(connection)

    def say(self, connection: str, status: str) -> None:
        self.pages[connection].status = status
        self.log.append(Activity(connection, status))

    def ask(self, connection: str, says: str) -> None:
        page = self.pages[connection]
        self.log.append(StudyStatus(connection, page.user.id, page.place, says, self.log.now() + STATUS_SECONDS))

    def close(self, connection: str, grace: bool = True) -> None:
        del self.pages[connection]
        self.log.append(Leave(connection, grace))

    def step(self) -> None:
        """Take every step once, as far as the log lets us."""
        if self.standing_still:
            return
        try:
            if not self.log.joined:
                self.log.join()
            self.log.disconnected = False
            self.log.heartbeat()
            if self.log.joined:
                self.log.follow(0.0)
                while self.log.write():
                    pass
        except Unreachable:
            self.log.mark_disconnected()
        if not self.log.disconnected:
            self.roster.expire(self.log.now())
            self.publish_now()

    def _enter(self, connection: str) -> None:
        page = self.pages[connection]
        since, says, until, arrived = self.roster.standing(page.user, page.place)
        self.log.append(Enter(connection, page.user, page.place, since, says=says, until=until, arrived=arrived))
