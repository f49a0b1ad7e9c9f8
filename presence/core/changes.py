"""What can happen to presence: the records of the log. Pure.

A connection id is `<node>/<socket id>`: the node names the process that holds the socket. A leave names a connection,
never a user, so a late leave cannot remove a newer tab. The log stamps the order and the moment. Records are final,
not steps: to apply one twice makes no difference, and an enter says all there is to say of its connection, so that a
process which has missed some of the log can be told the rest.
"""

from dataclasses import dataclass, field
from typing import Any

from .people import User


@dataclass(frozen=True, slots=True)
class Enter:
    """A connection is at a place now; the first one of a connection makes it present, and so does one after a leave.

    `since` is since when its user has been here (None: as the roster has it, or from this moment), `status` how the
    connection is (None: as it was, or active), `says` what its user says there until `until` (None: as it was, or ""),
    `rooms` the rooms with people that it has joined there (None: as it was, or none).
    """

    connection: str
    user: User
    place: str
    since: float | None = None
    status: str | None = None
    says: str | None = None
    until: float = 0.0
    rooms: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """A connection has closed. It counts as present until the grace is over, if there is a `grace`."""

    connection: str
    grace: bool = True


@dataclass(frozen=True, slots=True)
class Activity:
    """The person at a connection is `active` or `away`."""

    connection: str
    status: str


@dataclass(frozen=True, slots=True)
class Company:
    """At a connection somebody says one of SAYINGS on its lesson until the moment `until`, or "": no more.

    It holds on all pages that they have there, so it names them and the place: of several processes, some may have
    heard already that the connection is gone.
    """

    connection: str
    user_id: str
    place: str
    says: str
    until: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A user has another name, avatar, role, visibility or alias."""

    user: User


SIGNED_OUT = "You have been signed out."


@dataclass(frozen=True, slots=True)
class SignOut:
    """Sign-ins of a user have ended, so their connections go at once: one session, or (None) all of them but `keep`."""

    user_id: str
    session: str | None = None
    keep: str | None = None
    reason: str = SIGNED_OUT

    def ends(self, user: User) -> bool:
        """Whether the sign-in that `user` came with is one of those that ended."""
        if user.id != self.user_id:
            return False
        return user.session != self.keep if self.session is None else user.session == self.session


@dataclass(frozen=True, slots=True)
class NodeDown:
    """A process is gone, and all its connections have closed with it; they have their grace.

    Their pages come back elsewhere. And a process may be taken for gone that only stood still.
    """

    node: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A connection has joined a room with people at its place, or (`on` False) left it."""

    connection: str
    room: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Put:
    """Cells of a room at a place, for one audience; a value of None deletes.

    They hold until the moment `until`, and only while their owner `of` is seen as when they were put (`seen`, see
    `appearance`), with `while_here` only while the owner is there. `keep`: of the cells whose names begin alike up to
    the colon so many stay, the newest by `made`.
    """

    room: str
    place: str
    cells: dict[str, Any] = field(default_factory=dict)
    audience: str = ""
    of: str = ""
    seen: str = ""
    while_here: bool = False
    until: float = 0.0
    made: float = 0.0
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """The durable cells of a room at a place have changed in the database, or will change at the moment `on`."""

    room: str
    place: str
    on: float | None = None


@dataclass(frozen=True, slots=True)
class Admit:
    """The audiences of a user in a room at a place may be others."""

    user_id: str
    room: str
    place: str


def node_of(connection: str) -> str:
    """The process that holds a connection."""
    return connection.split("/", 1)[0]


RoomChange = Joined | Put | Stale | Admit
Change = Enter | Leave | Activity | Company | Profile | SignOut | NodeDown | RoomChange
