"""The last complete Enter that this process appended for each of its own connections. Pure.

The log's hash of live connections has to hold the same of this process, and it is appended again when the others may
have lost it.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..core.changes import Activity, Change, Enter, Leave, Profile, StudyStatus
from ..core.people import Says, User
from ..core.room_changes import Joined
from ..core.roster import Roster
from ..core.visibility import becomes_visible


class LocalConnections:
    """Enters by connection."""

    def __init__(self) -> None:
        self._enters: dict[str, Enter] = {}
        self._of_user: dict[str, set[str]] = {}

    def __contains__(self, connection: str) -> bool:
        return connection in self._enters

    def __iter__(self) -> Iterator[Enter]:
        return iter(list(self._enters.values()))

    def put(self, change: Change, now: float) -> Change:
        """Remember a change that is appended at `now`. Returns it with everything filled in that others must know."""
        if isinstance(change, Enter):
            change = self._complete(change, now)
            self._enters[change.connection] = change
            self._of_user.setdefault(change.user.id, set()).add(change.connection)
        elif isinstance(change, Activity) and change.connection in self._enters:
            self._enters[change.connection] = replace(self._enters[change.connection], status=change.status)
        elif isinstance(change, StudyStatus) and change.connection in self._enters:
            enter = self._enters[change.connection]
            self._enters[change.connection] = replace(enter, says=change.says, until=change.until)
        elif isinstance(change, Joined) and change.connection in self._enters:
            enter = self._enters[change.connection]
            others = {*(enter.rooms or ())} - {change.room}
            joined = tuple(sorted(others | {change.room} if change.on else others))
            self._enters[change.connection] = replace(enter, rooms=joined)
        elif isinstance(change, Leave):
            self._forget(change.connection)
        return change

    def oldest(self) -> str | None:
        """The connection that has been here longest."""
        return next(iter(self._enters), None)

    def get(self, change: Change) -> Enter | None:
        """The current Enter of the connection that a change is about."""
        return self._enters.get(getattr(change, "connection", ""))

    def shift_times(self, seconds: float) -> None:
        """Shift all times by `seconds`: the local clock was that far behind the log's."""
        for connection, enter in self._enters.items():
            since, arrived = (enter.since or 0.0) + seconds, (enter.arrived or 0.0) + seconds
            self._enters[connection] = replace(enter, since=since, arrived=arrived)

    def has_older(self, user: User) -> bool:
        """Return whether a connection here was appended with an older revision of a user."""
        return any(self._enters[id_].user.revision < user.revision for id_ in self._of_user.get(user.id, ()))

    def to_reannounce(self, change: Change, roster: Roster, now: float) -> list[Enter]:
        """The enters to append again after a change of a user, whether the roster has it already or not."""
        if isinstance(change, Profile) or isinstance(change, Enter) and self.has_older(change.user):
            return self._renewed_of(change.user, roster, now)
        if isinstance(change, StudyStatus) and (member := roster.members.get(change.user_id)):
            # A status holds on all pages that its user has at that lesson.
            return self._renewed_of(member.user, roster, now)
        return []

    def _renewed_of(self, user: User, roster: Roster, now: float) -> list[Enter]:
        enters = [self._enters[id_] for id_ in sorted(self._of_user.get(user.id, ()))]
        return [again for enter in enters if (again := _renewed(enter, user, roster, now)) != enter]

    def _complete(self, change: Enter, now: float) -> Enter:
        known = self._enters.get(change.connection)
        status = change.status or (known.status if known else "active")
        says, until = _study_status(change, known)
        since = now if change.since is None else change.since
        rooms, arrived = _rooms(change, known), _arrived(change, known, now)
        return replace(change, since=since, status=status, says=says, until=until, rooms=rooms, arrived=arrived)

    def _forget(self, connection: str) -> None:
        if enter := self._enters.pop(connection, None):
            connections = self._of_user[enter.user.id]
            connections.discard(connection)
            if not connections:
                del self._of_user[enter.user.id]


def _rooms(change: Enter, known: Enter | None) -> tuple[str, ...] | None:
    """The rooms of an enter: those that are known of its connection, at the same place."""
    if change.rooms is None and known and known.place == change.place:
        return known.rooms
    return change.rooms


def _arrived(change: Enter, known: Enter | None, now: float) -> float:
    if change.arrived is not None:
        return change.arrived
    return known.arrived or now if known and known.place == change.place else now


def _study_status(change: Enter, known: Enter | None) -> tuple[Says, float]:
    if change.says is None and known and known.place == change.place:
        return known.says or "", known.until
    return change.says or "", change.until


def _renewed(enter: Enter, user: User, roster: Roster, now: float) -> Enter:
    newer = replace(user, session=enter.user.session) if user.revision >= enter.user.revision else enter.user
    present = roster.connections.get(enter.connection)
    before = roster.members[user.id].user if present else enter.user
    if becomes_visible(before, newer):
        return replace(enter, user=newer, since=now, says="", until=0.0)
    if present is None:
        return replace(enter, user=newer)
    return replace(enter, user=newer, since=present.since, says=present.says, until=present.until)
