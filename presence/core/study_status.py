"""What people say on their open pages, and until when each of it holds. Pure."""

from .changes import Enter
from .connections import Connection, Member

SAID_SECONDS = 30 * 60.0


class Sayings:
    """The connections on which something is said; `expire` is cheap as long as nothing is over."""

    def __init__(self) -> None:
        self._said: dict[str, Connection] = {}
        self._first = float("inf")

    def __len__(self) -> int:
        return len(self._said)

    def put(self, connection: Connection, says: str, until: float) -> None:
        """From now on `says` is said on a connection, until Unix seconds `until`; "" is nothing."""
        connection.says, connection.until = says, until if says else 0.0
        if says:
            self._said[connection.id] = connection
            self._first = min(self._first, until)
        else:
            self.forget(connection)

    def enter(self, connection: Connection, change: Enter, at: float) -> None:
        """A connection that is still where it was enters a place: what was said there stays behind."""
        if change.says is not None:
            self.put(connection, change.says if change.until > at else "", change.until)
        elif connection.place != change.place:
            self.put(connection, "", 0.0)

    def hush(self, member: Member) -> None:
        """A member goes out of sight, and takes along what they said."""
        for connection in member.connections.values():
            self.put(connection, "", 0.0)

    def forget(self, connection: Connection) -> None:
        """A connection is no more."""
        self._said.pop(connection.id, None)

    def expire(self, now: float) -> list[Connection]:
        """Take back what has been said for long enough. Returns where."""
        if now < self._first:
            return []
        over = [connection for connection in self._said.values() if connection.until <= now]
        for connection in over:
            self.put(connection, "", 0.0)
        self._first = min((connection.until for connection in self._said.values()), default=float("inf"))
        return over

    def next_expiry(self) -> float | None:
        """When `expire` has something to look at next; None while nobody says anything."""
        return self._first if self._said else None
