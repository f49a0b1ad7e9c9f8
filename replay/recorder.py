"""What is written of each change into a recording: enough to replay the roster, and nothing of who it was. Pure.

    recorder = Recorder(roster, keys, write, secret)
    recorder.apply(change, at)        the roster applies it, and `write(known, at)` gets what may be known of it

A recording holds enters, leaves, and whatever else happens at a connection. Names are left out, so a profile is written
only when somebody becomes another one to the others: the old one leaves at once and a new one enters, with another key
and other connections, and nothing joins the two. A sign-out is the leaves of what it has ended. Of the hidden nothing
is written, whatever they do: a recording with them is the same, byte for byte, as one without.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from presence.core.changes import Change, Company, Enter, Leave, NodeDown, Profile, SignOut
from presence.core.connections import Connection
from presence.core.people import Keys, User, is_shown
from presence.core.roster import Roster

from .pseudonyms import Pseudonyms

Write = Callable[[Change, float], None]


class Recorder:
    """Stands before a roster. `secret` gives the secret of a new recording."""

    def __init__(self, roster: Roster, keys: Keys, write: Write, secret: Callable[[], bytes]) -> None:
        self._roster, self._keys, self._write, self._secret = roster, keys, write, secret
        self._pseudonyms = Pseudonyms(keys, secret())

    def apply(self, change: Change, at: float) -> None:
        """Let a change take effect."""
        if isinstance(change, Enter | Profile):
            self._apply_of_user(change, at)
            return
        # Before it has taken effect, while it is known whose connection it is.
        for known in self._known(change):
            self._write(known, at)
        self._roster.apply(change, at)

    def begin_anew(self, at: float) -> None:
        """Another recording begins: everybody who is here enters it, under other pseudonyms."""
        self._pseudonyms = Pseudonyms(self._keys, self._secret())
        self._introduce(self._all_known(self._roster.connections.values()), at)

    def _known(self, change) -> list[Change]:
        if isinstance(change, SignOut):
            member = self._roster.members.get(change.user_id)
            ended = [c for c in member.connections.values() if change.ends(c.user)] if member else []
            return [Leave(known.id, grace=False) for known in self._all_known(ended)]
        if isinstance(change, NodeDown):
            # One that held nobody but the hidden has never been.
            live = [self._roster.connections[id_] for id_ in self._roster.live(change.node)]
            return [change] if self._all_known(live) else []
        if isinstance(change, Company):
            there = [
                k for k in self._of_user(change.user_id) if k.connection.place == change.place and is_shown(k.user)
            ]
            return [replace(change, connection=k.id, user_id=k.user.id) for k in there[:1]]
        connection = self._roster.connections.get(getattr(change, "connection", ""))
        known = self._all_known([connection] if connection else [])
        # Whoever is anonymous is a number, which comes and goes and does nothing else.
        return [replace(change, connection=k.id) for k in known if is_shown(k.user) or isinstance(change, Leave)]

    def _apply_of_user(self, change: Enter | Profile, at: float) -> None:
        before = self._of_user(change.user.id)
        self._roster.apply(change, at)
        now = self._of_user(change.user.id)
        if before and (not now or before[0].user.id != now[0].user.id):
            for known in before:
                self._write(Leave(known.id, grace=False), at)
        if now and (not before or before[0].user != now[0].user):
            self._introduce(now, at)
        elif isinstance(change, Enter):
            # The roster passes over an enter with somebody else's connection; so it is not among these.
            self._introduce([known for known in now if known.connection.id == change.connection], at)

    def _introduce(self, known: list["Known"], at: float) -> None:
        """Write how these connections stand.

        An enter opens a closed one again, and the roster lets them go in the order in which they have closed. So with
        one that has closed, all of them are opened and closed again, each at its own moment.
        """
        if any(one.closed_at is not None for one in known):
            closed = self._all_known(c for c in self._roster.connections.values() if c.closed_at is not None)
            known = list({one.id: one for one in (*known, *closed)}.values())
        # In no order that tells who came first: the unseen did not come for others.
        for one in sorted(known, key=lambda one: one.id):
            self._write(one.enter(), at)
        for closed_at, id_ in sorted((one.closed_at, one.id) for one in known if one.closed_at is not None):
            self._write(Leave(id_), closed_at)

    def _of_user(self, user_id: str) -> list["Known"]:
        member = self._roster.members.get(user_id)
        return self._all_known(member.connections.values()) if member else []

    def _all_known(self, connections: Iterable[Connection]) -> list["Known"]:
        """These connections as the recording knows them, without those it must not."""
        pairs = ((c, self._pseudonyms.user(self._roster.members[c.user.id].user)) for c in connections)
        return [Known(c, user, self._pseudonyms.connection(c.id, user.id)) for c, user in pairs if user]


@dataclass(frozen=True, slots=True)
class Known:
    """A connection, and who is at it and what it is called in the recording."""

    connection: Connection
    user: User
    id: str

    @property
    def closed_at(self) -> float | None:
        return self.connection.closed_at

    def enter(self) -> Enter:
        """The enter that says all that may be said of it."""
        enter = Enter(self.id, self.user, self.connection.place)
        if not is_shown(self.user):
            return enter
        c = self.connection
        return replace(enter, since=c.since, status=c.status, says=c.says, until=c.until)
