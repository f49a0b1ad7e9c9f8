"""What this process has said of its own connections: for each of them, one enter that says it all. Pure.

It is what the log's hash of live connections has to hold of this process, and what is said again when others cannot
know it any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .change import Activity, Change, Enter, Leave, Profile
from .member import Connection
from .person import User


class Announced:
    """Enters by connection."""

    def __init__(self) -> None:
        self._enters: dict[str, Enter] = {}

    def __contains__(self, connection: str) -> bool:
        return connection in self._enters

    def __iter__(self) -> Iterator[Enter]:
        return iter(list(self._enters.values()))

    def put(self, change: Change, now: float) -> Change:
        """Remember what is being said at `now`. Returns the change with everything said that others have to know."""
        if isinstance(change, Enter):
            known = self._enters.get(change.connection)
            status = change.status or (known.status if known else "active")
            change = replace(change, since=now if change.since is None else change.since, status=status)
            self._enters[change.connection] = change
        elif isinstance(change, Activity) and change.connection in self._enters:
            self._enters[change.connection] = replace(self._enters[change.connection], status=change.status)
        elif isinstance(change, Leave):
            self._enters.pop(change.connection, None)
        return change

    def get(self, change: Change) -> Enter | None:
        """What is said now of the connection that a change is about."""
        return self._enters.get(getattr(change, "connection", ""))

    def shift(self, seconds: float) -> None:
        """The moments of all that was announced were told by a clock that was so many seconds behind."""
        for connection, enter in self._enters.items():
            self._enters[connection] = replace(enter, since=(enter.since or 0.0) + seconds)

    def outdated(self, profile: Profile, connections: Mapping[str, Connection]) -> Iterator[Enter]:
        """What has to be said again after a profile has changed; `connections` are those of the roster by then."""
        for enter in self:
            if enter.user.id == profile.user.id:
                present = connections.get(enter.connection)
                since = present.since if present else enter.since
                again = replace(enter, user=_newer(enter.user, profile.user), since=since)
                if again != enter:
                    yield again


def _newer(old: User, new: User) -> User:
    return replace(new, session=old.session) if new.revision >= old.revision else old
