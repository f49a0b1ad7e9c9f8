"""Closed connections, each kept for a grace period, so that a page which reloads never left. Pure."""

from .connections import Connection

GRACE_SECONDS = 4.0


class GracePeriods:
    """Kept in the order of closing, which is the order of expiry. Each lasts `seconds`."""

    def __init__(self, seconds: float = GRACE_SECONDS) -> None:
        self.seconds = seconds
        self._closed: dict[str, Connection] = {}

    def __len__(self) -> int:
        return len(self._closed)

    def begin(self, connection: Connection, at: float) -> None:
        """Close a connection. One that is closed already keeps its grace period."""
        if connection.closed_at is None:
            connection.closed_at = at
            self._closed[connection.id] = connection

    def end(self, connection: Connection) -> None:
        """Stop waiting for a connection: it is open again, or gone."""
        connection.closed_at = None
        self._closed.pop(connection.id, None)

    def shift(self, seconds: float) -> None:
        """Let all grace periods end later: the clock was set forward by `seconds`."""
        for connection in self._closed.values():
            connection.closed_at = (connection.closed_at or 0.0) + seconds

    def expired(self, now: float) -> list[Connection]:
        """The connections whose grace period has ended."""
        expired = []
        for connection in self._closed.values():
            if (connection.closed_at or 0.0) + self.seconds > now:
                break
            expired.append(connection)
        return expired

    def next_expiry(self) -> float | None:
        """The moment when the next grace period ends, in Unix seconds; None when no connection is closed."""
        return next(((connection.closed_at or 0.0) + self.seconds for connection in self._closed.values()), None)
