"""A user who is present, and the open pages that make them so. Pure."""

from dataclasses import dataclass, field

from .people import Company, User


@dataclass(slots=True)
class Connection:
    """One open page of a user; `closed_at` is set once it has closed and only its grace keeps it.

    `since` is when the user came, not the page: each of the pages knows it, so that any of them may go. So they do of
    what the user `says` on the page's place, up to the moment `until`; "" is nothing.
    """

    id: str
    user: User
    place: str
    since: float
    status: str = "active"
    closed_at: float | None = None
    says: str = ""
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
        return min(connection.since for connection in self.connections.values())

    @property
    def places(self) -> list[str]:
        return [connection.place for connection in self.connections.values()]

    @property
    def company(self) -> Company | None:
        """What the user said last, of what still holds."""
        last = max((c for c in self.connections.values() if c.says), key=lambda c: (c.until, c.id), default=None)
        return Company(says=last.says, place=last.place) if last else None

    def said(self, place: str) -> tuple[str, float]:
        """What the user says at a place, and until when; `("", 0.0)` for nothing."""
        said = [(c.says, c.until) for c in self.connections.values() if c.says and c.place == place]
        return max(said, key=lambda one: one[1], default=("", 0.0))

    @property
    def status(self) -> str:
        return "active" if any(c.status == "active" for c in self.connections.values()) else "away"
