"""The changes of presence: the records of the log. Pure.

A connection id is `<node>/<socket id>`: the node names the process that holds the socket. A leave names a connection,
never a user, so a late leave cannot remove a newer tab. The log gives each its order and its moment. Changes are
idempotent, and an enter holds everything about its connection, so a process that missed some of the log can catch up.
The changes of rooms are in room_changes.py.
"""

from dataclasses import dataclass

from .people import ActivityStatus, Says, User
from .room_changes import RoomChange


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


def node_of(connection: str) -> str:
    """The id of the process that holds a connection."""
    return connection.split("/", 1)[0]


Change = Enter | Leave | Activity | StudyStatus | Profile | SignOut | NodeDown | RoomChange
