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
from .clock import earliest
from .connections import NEW, Connection, Member, Standing
from .grace_period import GRACE_SECONDS as GRACE_SECONDS
from .members import Gone, Members
from .payloads import Diff
from .people import PAIRING, Keys, Says, User
from .recent_profiles import RecentProfiles
from .topic import Topic
from .topics import Topics
from .visibility import becomes_visible, is_shown


class Roster:
    """`connections` by id, `members` by user id, `topics` by path; `changed` and `urgent` are those of `Topics`."""

    def __init__(self, keys: Keys, epoch: str, grace: float = GRACE_SECONDS) -> None:
        self._present = Members(keys, grace)
        self.connections, self.members = self._present.connections, self._present.by_user
        self.graces, self._statuses = self._present.graces, self._present.statuses
        self._recent = RecentProfiles()
        self._topics = Topics(epoch)
        self.topics, self.changed, self.urgent = self._topics.by_path, self._topics.changed, self._topics.urgent

    def apply(self, change: Change, at: float) -> None:
        """Apply a change of the log, made `at` Unix seconds. Unknown connections are not an error."""
        self.take_gone()
        _EFFECTS[type(change)](self, change, at)

    def expire(self, now: float) -> None:
        """Remove connections whose grace period has ended, and clear old study statuses."""
        self.take_gone()
        self._recent.expire(now)
        self._drop(self.graces.expired(now))
        for connection in self._statuses.expire(now):
            self._topics.refresh(self.members[connection.user.id])

    def take_gone(self) -> list[Gone]:
        """Take what the last `apply` or `expire` has ended: it is given once."""
        if not self._present.gone:
            return []
        gone, self._present.gone = self._present.gone, []
        return gone

    @property
    def graces_saved(self) -> int:
        """The number of pages that came back within their grace period."""
        return self._present.graces_saved

    def next_expiry(self) -> float | None:
        """The moment when `expire` has something to do next, in Unix seconds; None when nothing will expire."""
        return earliest(self.graces.next_expiry(), self._statuses.next_expiry())

    def topic(self, path: str) -> Topic:
        """The topic at `path`, an empty one if no user is in it."""
        return self._topics.topic(path)

    def publish(self, path: str) -> Diff | None:
        """Publish a topic's changes: see `Topic.publish`."""
        return self._topics.publish(path)

    def live(self, node: str) -> list[str]:
        """The open connections of a process."""
        return [c.id for c in self.connections.values() if c.closed_at is None and c.id.startswith(node + "/")]

    def standing(self, user: User, place: str) -> Standing:
        """All that another page of a user has to repeat when it enters a place."""
        member = self.members.get(user.id)
        if member is None:
            return NEW
        arrived = member.arrived.get(place)
        if becomes_visible(member.user, user):
            return NEW._replace(arrived=arrived)
        return Standing(member.since, *member.said(place), arrived)

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
            connection = self._present.open(change, at)
        member = self.members[change.user.id]
        self.graces.end(connection)
        connection.since = connection.since if change.since is None else change.since
        self._present.become(member, change.user, at if change.since is None else change.since)
        if is_shown(member.user):
            self._statuses.enter(connection, change, at)
        if connection.place != change.place:
            self._present.leave_place(connection)
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
            self._present.become(member, change.user, at)
            # Someone who becomes visible was here already: their choice is not to wait.
            self._topics.refresh(member, is_urgent=True)

    def _sign_out(self, change: SignOut, at: float) -> None:
        if change.session is None and change.keep is None:
            self._recent.forget(change.user_id)
        if member := self.members.get(change.user_id):
            self._drop(c for c in list(member.connections.values()) if change.ends(c.user))

    def _node_down(self, change: NodeDown, at: float) -> None:
        for connection in self.live(change.node):
            self.graces.begin(self.connections[connection], at)

    def _drop(self, connections: Iterable[Connection]) -> None:
        for connection in connections:
            self._topics.refresh(self._present.remove(connection))


_EFFECTS: dict[type, Callable[[Roster, Any, float], None]] = {
    Enter: Roster._enter,
    Leave: Roster._leave,
    Activity: Roster._activity,
    StudyStatus: Roster._study_status,
    Profile: Roster._profile,
    SignOut: Roster._sign_out,
    NodeDown: Roster._node_down,
}
