"""A present user, and the open pages that make them present. Pure."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .people import PAIRING, ActivityStatus, LessonStatus, Says, User


@dataclass(slots=True)
class Connection:
    """One open page of a user; `closed_at` is set once it has closed and only its grace period keeps it.

    `since` is when the user came, not the page: every page has it, so that any of them may go. So it is with the study
    status: the user `says` it on this page's place, until the moment `until`; "" is none. `arrived` is when the user
    came to this place.
    """

    id: str
    user: User
    place: str
    since: float
    arrived: float
    status: ActivityStatus = "active"
    closed_at: float | None = None
    says: Says = ""
    until: float = 0.0


@dataclass(slots=True)
class Member:
    """A user who is present."""

    user: User
    key: str
    connections: dict[str, Connection] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()

    @property
    def since(self) -> float:
        return min([connection.since for connection in self.connections.values()])

    @property
    def places(self) -> tuple[str, ...]:
        return tuple([connection.place for connection in self.connections.values()])

    @property
    def arrived(self) -> dict[str, float]:
        """The moment when the user came to each of their places."""
        moments = {connection.place: connection.arrived for connection in self.connections.values()}
        if len(moments) == len(self.connections):
            return moments
        for connection in self.connections.values():
            moments[connection.place] = min(connection.arrived, moments.get(connection.place, connection.arrived))
        return moments

    @property
    def company(self) -> LessonStatus | None:
        """The study status that the user set last, of those that still hold."""
        saying = [connection for connection in self.connections.values() if connection.says]
        if not saying:
            return None
        last = max(saying, key=lambda connection: (connection.until, connection.id))
        return LessonStatus(says=last.says, place=last.place)

    def said(self, place: str) -> tuple[Says, float]:
        """The user's study status at a place, and until when; `("", 0.0)` for none."""
        saying = [connection for connection in self.connections.values() if connection.says]
        there = [connection for connection in saying if connection.place == place or connection.says == PAIRING]
        if not there:
            return "", 0.0
        last = max(there, key=lambda connection: connection.until)
        return last.says, last.until

    @property
    def status(self) -> ActivityStatus:
        return "active" if "active" in [connection.status for connection in self.connections.values()] else "away"


class Standing(NamedTuple):
    """Since when a user is here, as far as others may know (None: not at all, or not visibly), their study status at
    a place and until when, and when they came to that place (None: they are not there).

    A Person shows no moment before `since`.
    """

    since: float | None
    says: Says
    until: float
    arrived: float | None


NEW = Standing(None, "", 0.0, None)
