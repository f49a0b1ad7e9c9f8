"""What can happen to presence: the records of the log. Pure.

A connection id is `<node>/<socket id>`: the node names the process that holds the socket. A leave names a connection,
never a user, so a late leave cannot remove a newer tab. No record carries a time: the log stamps the order and the
moment.
"""

from dataclasses import dataclass

from .person import User


@dataclass(frozen=True, slots=True)
class Enter:
    """A connection is at a place now; the first one of a connection makes it present."""

    connection: str
    user: User
    place: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A connection has closed. It counts as present until the grace is over."""

    connection: str


@dataclass(frozen=True, slots=True)
class Activity:
    """The person at a connection is `active` or `away`."""

    connection: str
    status: str


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
    """A process is gone, and all its connections with it. Saying it twice makes no difference."""

    node: str


Change = Enter | Leave | Activity | Profile | SignOut | NodeDown
