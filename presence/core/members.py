"""The users who are present, and their connections. Pure."""

from .changes import Enter
from .connections import Connection, Member
from .grace_period import GracePeriods
from .people import Keys, User
from .study_status import StudyStatuses
from .visibility import becomes_visible, is_shown

Gone = tuple[str, str, str]
"""A connection, the id of its user, and the place where it was."""


class Members:
    """`connections` by id, `by_user` by user id; `gone` collects what ends, `graces_saved` counts."""

    def __init__(self, keys: Keys, grace: float) -> None:
        self.connections: dict[str, Connection] = {}
        self.by_user: dict[str, Member] = {}
        self.graces, self.statuses = GracePeriods(grace), StudyStatuses()
        self.gone: list[Gone] = []
        self.graces_saved = 0
        self._keys = keys

    def open(self, change: Enter, at: float) -> Connection:
        """Make the connection of an enter, and its user present. It may take over from a page that has closed."""
        member = self.by_user.setdefault(change.user.id, Member(change.user, self._keys.of(change.user)))
        since, arrived = member.since if member.connections else at, member.arrived.get(change.place, at)
        connection = Connection(change.connection, change.user, change.place, since, arrived)
        self._replace_closed_one(member, change.place)
        self.connections[connection.id] = member.connections[connection.id] = connection
        return connection

    def become(self, member: Member, user: User, since: float) -> None:
        """Give a member their latest profile. One who becomes visible counts as here `since` then."""
        if appears := becomes_visible(member.user, user):
            # The new `since` must not reveal how long the user was here unseen.
            for connection in member.connections.values():
                connection.since = since
        if appears or not is_shown(user):
            self.statuses.clear(member)
        if user != member.user:
            member.user, member.key = user, self._keys.of(user)

    def leave_place(self, connection: Connection) -> None:
        """Note that a connection is no longer where it was."""
        self.gone.append((connection.id, connection.user.id, connection.place))

    def remove(self, connection: Connection) -> Member:
        """Remove a connection, and its user with the last one. Returns the user, present or no more."""
        member = self.by_user[connection.user.id]
        self._forget(member, connection)
        if not member.connections:
            del self.by_user[connection.user.id]
        return member

    def _replace_closed_one(self, member: Member, place: str) -> None:
        """Let a page that comes back in time take over from a closed one: of its place, or the last to close."""
        closed = [c for c in member.connections.values() if c.closed_at is not None]
        if closed:
            self._forget(member, max(closed, key=lambda c: (c.place == place, c.closed_at)))
            self.graces_saved += 1

    def _forget(self, member: Member, connection: Connection) -> None:
        del self.connections[connection.id], member.connections[connection.id]
        self.leave_place(connection)
        self.graces.end(connection)
        self.statuses.forget(connection)
