"""What this process has said of its own connections: for each of them, one enter that says it all. Pure.

It is what the log's hash of live connections has to hold of this process, and what is said again when others cannot
know it any more.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..core.changes import Activity, Change, Company, Enter, Leave
from ..core.people import User, comes_into_view
from ..core.roster import Roster


class Announced:
    """Enters by connection."""

    def __init__(self) -> None:
        self._enters: dict[str, Enter] = {}
        self._of_user: dict[str, set[str]] = {}

    def __contains__(self, connection: str) -> bool:
        return connection in self._enters

    def __iter__(self) -> Iterator[Enter]:
        return iter(list(self._enters.values()))

    def put(self, change: Change, now: float) -> Change:
        """Remember what is being said at `now`. Returns the change with everything said that others have to know."""
        if isinstance(change, Enter):
            known = self._enters.get(change.connection)
            status = change.status or (known.status if known else "active")
            says, until = _said(change, known)
            since = now if change.since is None else change.since
            change = replace(change, since=since, status=status, says=says, until=until)
            self._enters[change.connection] = change
            self._of_user.setdefault(change.user.id, set()).add(change.connection)
        elif isinstance(change, Activity) and change.connection in self._enters:
            self._enters[change.connection] = replace(self._enters[change.connection], status=change.status)
        elif isinstance(change, Company) and change.connection in self._enters:
            enter = self._enters[change.connection]
            self._enters[change.connection] = replace(enter, says=change.says, until=change.until)
        elif isinstance(change, Leave):
            self._forget(change.connection)
        return change

    def get(self, change: Change) -> Enter | None:
        """What is said now of the connection that a change is about."""
        return self._enters.get(getattr(change, "connection", ""))

    def shift(self, seconds: float) -> None:
        """The moments of all that was announced were told by a clock that was so many seconds behind."""
        for connection, enter in self._enters.items():
            self._enters[connection] = replace(enter, since=(enter.since or 0.0) + seconds)

    def knows_less(self, user: User) -> bool:
        """Whether something here was said of an older revision of a user."""
        return any(self._enters[id_].user.revision < user.revision for id_ in self._of_user.get(user.id, ()))

    def outdated(self, user: User, roster: Roster, now: float) -> list[Enter]:
        """What has to be said again when a user has become `user`, whether the roster has heard of it or not."""
        said = [self._enters[id_] for id_ in sorted(self._of_user.get(user.id, ()))]
        return [again for enter in said if (again := _renewed(enter, user, roster, now)) != enter]

    def _forget(self, connection: str) -> None:
        if enter := self._enters.pop(connection, None):
            connections = self._of_user[enter.user.id]
            connections.discard(connection)
            if not connections:
                del self._of_user[enter.user.id]


def _said(change: Enter, known: Enter | None) -> tuple[str, float]:
    if change.says is None and known and known.place == change.place:
        return known.says or "", known.until
    return change.says or "", change.until


def _renewed(enter: Enter, user: User, roster: Roster, now: float) -> Enter:
    newer = replace(user, session=enter.user.session) if user.revision >= enter.user.revision else enter.user
    present = roster.connections.get(enter.connection)
    before = roster.members[user.id].user if present else enter.user
    if comes_into_view(before, newer):
        return replace(enter, user=newer, since=now, says="", until=0.0)
    if present is None:
        return replace(enter, user=newer)
    return replace(enter, user=newer, since=present.since, says=present.says, until=present.until)
