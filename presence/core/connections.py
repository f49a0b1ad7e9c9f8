"""A present user, and the open pages that make them present. Pure."""

from dataclasses import dataclass, field

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
    def places(self) -> list[str]:
        return [connection.place for connection in self.connections.values()]

    @property
    def arrived(self) -> dict[str, float]:
        """The moment when the user came to each of their places."""
        moments: dict[str, float] = {}
        for connection in self.connections.values():
            moments[connection.place] = min(connection.arrived, moments.get(connection.place, connection.arrived))
        return moments

    @property
    def company(self) -> LessonStatus | None:
        """The study status that the user set last, of those that still hold."""
        last = max((c for c in self.connections.values() if c.says), key=lambda c: (c.until, c.id), default=None)
        return LessonStatus(says=last.says, place=last.place) if last else None

    def said(self, place: str) -> tuple[Says, float]:
        """The user's study status at a place, and until when; `("", 0.0)` for none."""
        there = (c for c in self.connections.values() if c.says and (c.place == place or c.says == PAIRING))
        last = max(there, key=lambda c: c.until, default=None)
        return (last.says, last.until) if last else ("", 0.0)

    @property
    def status(self) -> ActivityStatus:
        return "active" if any(c.status == "active" for c in self.connections.values()) else "away"
