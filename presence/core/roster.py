"""Decides who is present: a pure function of the log of changes and the clock.

    roster = Roster(keys, epoch)
    roster.apply(Enter("node/1", ada, "web/rooms/join"), at=1000.0)
    roster.topics["web/rooms"].publish()      # the diff that tells the section about it

A person is one user however many connections (tabs) they have: at the places of all of them, active if any of them
is, here since the first. No user is in the roster without a live connection or a running grace period, and when all
have left, every container here is empty; only recent_profiles.py remembers them for a while.
"""

from collections.abc import Callable, Iterable
from typing import Any

from .changes import Activity, Change, Enter, Leave, NodeDown, Profile, SignOut, StudyStatus
from .connections import Connection, Member
from .grace_period import GRACE_SECONDS as GRACE_SECONDS
from .grace_period import GracePeriods
from .payloads import Diff
from .people import PAIRING, Keys, Says, User
from .recent_profiles import RecentProfiles
from .study_status import StudyStatuses
from .topic import Topic
from .topics import Topics
from .visibility import becomes_visible, is_shown


class Roster:
    """`connections` by id, `members` by user id, `topics` by path; `changed`: the topics that may have to publish;
    `gone`: the (connection, user id, place) that the last `apply` or `expire` has ended."""

    def __init__(self, keys: Keys, epoch: str, grace: float = GRACE_SECONDS) -> None:
        self.connections: dict[str, Connection] = {}
        self.members: dict[str, Member] = {}
        self._topics = Topics(epoch)
        self.topics, self.changed = self._topics.by_path, self._topics.changed
        self.gone: list[tuple[str, str, str]] = []
        self.graces_saved = 0
        self.graces, self._statuses, self._recent = GracePeriods(grace), StudyStatuses(), RecentProfiles()
        self._keys = keys

    def apply(self, change: Change, at: float) -> None:
        """Apply a change of the log, made `at` Unix seconds. Unknown connections are no error."""
        self.gone = []
        _EFFECTS[type(change)](self, change, at)

    def expire(self, now: float) -> None:
        """Remove connections whose grace period has ended, and clear old study statuses."""
        self.gone = []
        self._recent.expire(now)
        self._drop(self.graces.expired(now))
        for connection in self._statuses.expire(now):
            self._topics.refresh(self.members[connection.user.id])

    def next_expiry(self) -> float | None:
        """The moment when `expire` has something to do next, in Unix seconds; None when nothing will expire."""
        moments = (self.graces.next_expiry(), self._statuses.next_expiry())
        return min((moment for moment in moments if moment is not None), default=None)

    def topic(self, path: str) -> Topic:
        """The topic at `path`, an empty one if no user is in it."""
        return self._topics.topic(path)

    def publish(self, path: str) -> Diff | None:
        """Publish a topic's changes: see `Topic.publish`."""
        return self._topics.publish(path)

    def live(self, node: str) -> list[str]:
        """The open connections of a process."""
        return [c.id for c in self.connections.values() if c.closed_at is None and c.id.startswith(node + "/")]

    def since(self, user: User) -> float | None:
        """The moment when a user came, as far as others may know; None for one who is not here, or becomes visible."""
        member = self.members.get(user.id)
        return None if member is None or becomes_visible(member.user, user) else member.since

    def arrived(self, user: User, place: str) -> float | None:
        """The moment when a user came to a place; None for one who is not there. A Person shows none before `since`."""
        member = self.members.get(user.id)
        return member.arrived.get(place) if member else None

    def shown(self, key: str) -> Member | None:
        """The member with a key who is visible to everyone."""
        return next((one for one in self.members.values() if one.key == key and is_shown(one.user)), None)

    def said(self, user: User, place: str) -> tuple[Says, float]:
        """A user's study status at a place, and until when; `("", 0.0)` for none, or one who becomes visible."""
        member = self.members.get(user.id)
        return ("", 0.0) if member is None or becomes_visible(member.user, user) else member.said(place)

    def _enter(self, change: Enter, at: float) -> None:
        connection = self.connections.get(change.connection)
        if connection and connection.user.id != change.user.id:
            return
        change = self._recent.with_latest_profile(change, self.members.get(change.user.id))
        if connection is None:
            connection = self._add(change, at)
        member = self.members[change.user.id]
        self.graces.end(connection)
        connection.since = connection.since if change.since is None else change.since
        self._become(member, change.user, at if change.since is None else change.since)
        if is_shown(member.user):
            self._statuses.enter(connection, change, at)
        if connection.place != change.place:
            self.gone.append((connection.id, connection.user.id, connection.place))
            connection.arrived = member.arrived.get(change.place, at)
        connection.arrived = connection.arrived if change.arrived is None else change.arrived
        connection.place, connection.status = change.place, change.status or connection.status
        self._topics.refresh(member)

    def _leave(self, change: Leave, at: float) -> None:
        connection = self.connections.get(change.connection)
        if connection and not change.grace:
            self._drop([connection])
        elif connection:
            self.graces.begin(connection, at)

    def _activity(self, change: Activity, at: float) -> None:
        connection = self.connections.get(change.connection)
        if connection and connection.closed_at is None and connection.status != change.status:
            connection.status = change.status
            self._topics.refresh(self.members[connection.user.id])

    def _study_status(self, change: StudyStatus, at: float) -> None:
        member = self.members.get(change.user_id)
        if member is None or not is_shown(member.user):
            return
        for tab in member.connections.values():
            if tab.place == change.place or PAIRING in (change.says, tab.says):
                self._statuses.put(tab, change.says if change.until > at else "", change.until)
        self._topics.refresh(member)

    def _profile(self, change: Profile, at: float) -> None:
        member = self.members.get(change.user.id)
        self._recent.put(change.user, at)
        if member and change.user.revision >= member.user.revision:
            self._become(member, change.user, at)
            self._topics.refresh(member)

    def _sign_out(self, change: SignOut, at: float) -> None:
        if change.session is None and change.keep is None:
            self._recent.forget(change.user_id)
        if member := self.members.get(change.user_id):
            self._drop(c for c in list(member.connections.values()) if change.ends(c.user))

    def _node_down(self, change: NodeDown, at: float) -> None:
        for connection in self.live(change.node):
            self.graces.begin(self.connections[connection], at)

    def _add(self, change: Enter, at: float) -> Connection:
        member = self.members.setdefault(change.user.id, Member(change.user, self._keys.of(change.user)))
        since, arrived = member.since if member.connections else at, member.arrived.get(change.place, at)
        connection = Connection(change.connection, change.user, change.place, since, arrived)
        self._replace_closed_one(member, change.place)
        self.connections[connection.id] = member.connections[connection.id] = connection
        return connection

    def _replace_closed_one(self, member: Member, place: str) -> None:
        """Let a page that comes back in time take over from a closed one: of its place, or the last to close."""
        closed = [c for c in member.connections.values() if c.closed_at is not None]
        if closed:
            self._forget_connection(member, max(closed, key=lambda c: (c.place == place, c.closed_at)))
            self.graces_saved += 1

    def _become(self, member: Member, user: User, since: float) -> None:
        if appears := becomes_visible(member.user, user):
            # The new `since` must not reveal how long the user was here unseen.
            for connection in member.connections.values():
                connection.since = since
        if appears or not is_shown(user):
            self._statuses.clear(member)
        if user != member.user:
            member.user, member.key = user, self._keys.of(user)

    def _drop(self, connections: Iterable[Connection]) -> None:
        for connection in connections:
            member = self.members[connection.user.id]
            self._forget_connection(member, connection)
            self._topics.refresh(member)
            if not member.connections:
                del self.members[connection.user.id]

    def _forget_connection(self, member: Member, connection: Connection) -> None:
        del self.connections[connection.id], member.connections[connection.id]
        self.gone.append((connection.id, member.user.id, connection.place))
        self.graces.end(connection)
        self._statuses.forget(connection)


_EFFECTS: dict[type, Callable[[Roster, Any, float], None]] = {
    Enter: Roster._enter,
    Leave: Roster._leave,
    Activity: Roster._activity,
    StudyStatus: Roster._study_status,
    Profile: Roster._profile,
    SignOut: Roster._sign_out,
    NodeDown: Roster._node_down,
}
