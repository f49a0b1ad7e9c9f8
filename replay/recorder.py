"""Decides what to write of each change: enough to replay the roster, nothing that identifies a user. Pure.

    recorder = Recorder(roster, keys, write, secret)
    recorder.before(change, at)       and `after(change, at)` around each change that the roster applies;
                                      `write(recorded, at)` gets what may be recorded

A recording holds enters, leaves and the other changes of connections. Names are left out, so a profile change is
written only when the user gets a new public identity: the old one leaves at once and a new one enters, with another key
and other connection ids, and nothing links the two. A sign-out is written as the leaves of the connections it ended.
Hidden users are not written at all: a recording with them is byte for byte the same as one without.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from presence.core.changes import Activity, Change, Enter, Leave, NodeDown, Profile, SignOut, StudyStatus
from presence.core.connections import Connection
from presence.core.people import Keys, User
from presence.core.room_changes import Joined
from presence.core.roster import Roster
from presence.core.visibility import is_shown

from .pseudonyms import Pseudonyms

Write = Callable[[Change, float], None]


class Recorder:
    """Observes a roster. `secret()` makes the secret of a new recording."""

    def __init__(self, roster: Roster, keys: Keys, write: Write, secret: Callable[[], bytes]) -> None:
        self._roster, self._keys, self._write, self._secret = roster, keys, write, secret
        self._pseudonyms = Pseudonyms(keys, secret())
        self._before: list[RecordedConnection] = []

    def before(self, change: Change, at: float) -> None:
        """Look at a change that is about to take effect."""
        if isinstance(change, Enter | Profile):
            self._before = self._of_user(change.user.id)
            return
        # Written now: afterwards the roster may no longer know whose connection it was.
        for recorded in self._recorded(change):
            self._write(recorded, at)

    def after(self, change: Change, at: float) -> None:
        """Write what a change of a user has led to."""
        if isinstance(change, Enter | Profile):
            self._write_user(change, at)

    def rotate(self, at: float) -> None:
        """Start a new recording: all present users enter it under new pseudonyms."""
        self._pseudonyms = Pseudonyms(self._keys, self._secret())
        self._write_enters(self._all_known(self._roster.connections.values()), at)

    def _recorded(self, change: Change) -> list[Change]:
        if isinstance(change, SignOut):
            member = self._roster.members.get(change.user_id)
            ended = [c for c in member.connections.values() if change.ends(c.user)] if member else []
            return [Leave(known.id, grace=False) for known in self._all_known(ended)]
        if isinstance(change, NodeDown):
            # A node with hidden users only must not show in the recording.
            live = [self._roster.connections[id_] for id_ in self._roster.live(change.node)]
            return [change] if self._all_known(live) else []
        if isinstance(change, StudyStatus):
            there = [
                k for k in self._of_user(change.user_id) if k.connection.place == change.place and is_shown(k.user)
            ]
            return [replace(change, connection=k.id, user_id=k.user.id) for k in there[:1]]
        if not isinstance(change, Leave | Activity | Joined):
            return []
        connection = self._roster.connections.get(change.connection)
        known = self._all_known([connection] if connection else [])
        # An anonymous user only comes and goes; nothing else of theirs is written.
        return [replace(change, connection=k.id) for k in known if is_shown(k.user) or isinstance(change, Leave)]

    def _write_user(self, change: Enter | Profile, at: float) -> None:
        before, self._before = self._before, []
        now = self._of_user(change.user.id)
        if before and (not now or before[0].user.id != now[0].user.id):
            for known in before:
                self._write(Leave(known.id, grace=False), at)
        if now and (not before or before[0].user != now[0].user):
            self._write_enters(now, at)
        elif isinstance(change, Enter):
            # The roster ignores an enter on another user's connection, so that one is not in this list.
            self._write_enters([known for known in now if known.connection.id == change.connection], at)

    def _write_enters(self, known: list["RecordedConnection"], at: float) -> None:
        """Write the current state of these connections as enters.

        An enter reopens a closed connection, and the roster expires closed ones in the order of their closing. So if
        one of these is closed, all closed connections are entered and closed again, each at its own time.
        """
        if any(one.closed_at is not None for one in known):
            closed = self._all_known(c for c in self._roster.connections.values() if c.closed_at is not None)
            known = list({one.id: one for one in (*known, *closed)}.values())
        # Sorted by id: the order of arrival could reveal hidden users.
        for one in sorted(known, key=lambda one: one.id):
            self._write(one.enter(), at)
        for closed_at, id_ in sorted((one.closed_at, one.id) for one in known if one.closed_at is not None):
            self._write(Leave(id_), closed_at)

    def _of_user(self, user_id: str) -> list["RecordedConnection"]:
        member = self._roster.members.get(user_id)
        return self._all_known(member.connections.values()) if member else []

    def _all_known(self, connections: Iterable[Connection]) -> list["RecordedConnection"]:
        """These connections under their recorded ids, without those of hidden users."""
        pairs = ((c, self._pseudonyms.user(self._roster.members[c.user.id].user)) for c in connections)
        return [RecordedConnection(c, user, self._pseudonyms.connection(c.id, user.id)) for c, user in pairs if user]


@dataclass(frozen=True, slots=True)
class RecordedConnection:
    """A connection with its user and its id as recorded."""

    connection: Connection
    user: User
    id: str

    @property
    def closed_at(self) -> float | None:
        return self.connection.closed_at

    def enter(self) -> Enter:
        """The Enter with everything that may be recorded of this connection."""
        enter = Enter(self.id, self.user, self.connection.place)
        if not is_shown(self.user):
            return enter
        c = self.connection
        return replace(enter, since=c.since, status=c.status, says=c.says, until=c.until)
