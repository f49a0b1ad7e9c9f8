"""The study statuses on open pages ("stuck here"), and when each expires. Pure."""

from .changes import Enter
from .connections import Connection, Member
from .people import Says

STATUS_SECONDS = 30 * 60.0


class StudyStatuses:
    """The connections that have a status; `expire` is cheap as long as none is due."""

    def __init__(self) -> None:
        self._set: dict[str, Connection] = {}
        self._first = float("inf")

    def __len__(self) -> int:
        return len(self._set)

    def put(self, connection: Connection, says: Says, until: float) -> None:
        """Set the status of a connection until Unix seconds `until`; "" clears it."""
        connection.says, connection.until = says, until if says else 0.0
        if says:
            self._set[connection.id] = connection
            self._first = min(self._first, until)
        else:
            self.forget(connection)

    def enter(self, connection: Connection, change: Enter, at: float) -> None:
        """Apply an enter, before the connection moves: a status stays behind at its lesson."""
        if change.says is not None:
            self.put(connection, change.says if change.until > at else "", change.until)
        elif connection.place != change.place:
            self.put(connection, "", 0.0)

    def clear(self, member: Member) -> None:
        """Clear all statuses of a member who becomes less visible."""
        for connection in member.connections.values():
            self.put(connection, "", 0.0)

    def forget(self, connection: Connection) -> None:
        """Forget a connection that is gone."""
        self._set.pop(connection.id, None)

    def expire(self, now: float) -> list[Connection]:
        """Clear the statuses that are due. Returns their connections."""
        if now < self._first:
            return []
        expired = [connection for connection in self._set.values() if connection.until <= now]
        for connection in expired:
            self.put(connection, "", 0.0)
        self._first = min((connection.until for connection in self._set.values()), default=float("inf"))
        return expired

    def next_expiry(self) -> float | None:
        """The moment when `expire` has to look next, in Unix seconds; None while there is no status."""
        return self._first if self._set else None
