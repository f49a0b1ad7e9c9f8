"""The changes of presence: the records of the log. Pure.

A connection id is `<node>/<socket id>`: the node names the process that holds the socket. A leave names a connection,
never a user, so a late leave cannot remove a newer tab. The log gives each its order and its moment. Changes are
idempotent, and an enter holds everything about its connection, so a process that missed some of the log can catch up.
"""

from dataclasses import dataclass, field
from typing import Any

from .people import ActivityStatus, Says, User


@dataclass(frozen=True, slots=True)
class Enter:
    """A connection is at a place. The first enter of a connection makes it present, and so does one after a leave.

    `since` is when its user came (None: as the roster has it, or this moment), `status` whether it is active
    (None: as it was, or active), `says` the study status there until `until` (None: as it was, or ""), `rooms` the
    rooms with people that it has joined there (None: as it was, or none), `arrived` when its user came to this place
    (None: as the roster has it, or this moment).
    """

    connection: str
    user: User
    place: str
    since: float | None = None
    status: ActivityStatus | None = None
    says: Says | None = None
    until: float = 0.0
    rooms: tuple[str, ...] | None = None
    arrived: float | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """A connection has closed. It counts as present for its grace period, unless there is no `grace`."""

    connection: str
    grace: bool = True


@dataclass(frozen=True, slots=True)
class Activity:
    """The person at a connection is `active` or `away`."""

    connection: str
    status: ActivityStatus


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """A user sets one of STUDY_STATUSES on the lesson of a connection until the moment `until`, or clears it ("").

    It holds on all pages that the user has there, so it names the user and the place: of several processes, some may
    know already that the connection is gone.
    """

    connection: str
    user_id: str
    place: str
    says: Says
    until: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A user has a new name, avatar, role, visibility or alias."""

    user: User


SIGNED_OUT = "You have been signed out."


@dataclass(frozen=True, slots=True)
class SignOut:
    """Sign-ins of a user have ended, so their connections go at once: one session, or (None) all but `keep`."""

    user_id: str
    session: str | None = None
    keep: str | None = None
    reason: str = SIGNED_OUT

    def ends(self, user: User) -> bool:
        """Return whether the sign-in that `user` came with is one of those that ended."""
        if user.id != self.user_id:
            return False
        return user.session != self.keep if self.session is None else user.session == self.session


@dataclass(frozen=True, slots=True)
class NodeDown:
    """A process is gone, and its connections have closed with it, each with its grace period.

    Their pages come back elsewhere; and a process that is taken for gone may only have stood still.
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
    the colon so many stay, the newest by `made`. `node` is the process that put them.
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
    node: str = ""


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


@dataclass(frozen=True, slots=True)
class Restored:
    """The cells that the log knows, all of them, to a process that has joined it; never an entry of the log itself.

    `lost`: it has forgotten what it knew, so every process has to put its own again.
    """

    cells: tuple[Put, ...]
    lost: bool = False


def node_of(connection: str) -> str:
    """The id of the process that holds a connection."""
    return connection.split("/", 1)[0]


RoomChange = Joined | Put | Stale | Admit | Restored
Change = Enter | Leave | Activity | StudyStatus | Profile | SignOut | NodeDown | RoomChange
