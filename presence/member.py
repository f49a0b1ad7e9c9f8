"""A user who is present, and the open pages that make them so. Pure."""

from dataclasses import dataclass, field

from .person import User


@dataclass(slots=True)
class Connection:
    """One open page of a user; `closed_at` is set once it has closed and only its grace keeps it.

    `since` is when the user came, not the page: each of the pages knows it, so that any of them may go.
    """

    id: str
    user: User
    place: str
    since: float
    status: str = "active"
    closed_at: float | None = None


@dataclass(slots=True)
class Member:
    """A user who is present."""

    user: User
    key: str
    connections: dict[str, Connection] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()

    @property
    def since(self) -> float:
        return min(connection.since for connection in self.connections.values())

    @property
    def places(self) -> list[str]:
        return [connection.place for connection in self.connections.values()]

    @property
    def status(self) -> str:
        return "active" if any(c.status == "active" for c in self.connections.values()) else "away"
