"""The connections that have closed, each kept for a grace: a page that is reloaded is back before it is over. Pure."""

from .connections import Connection

GRACE_SECONDS = 4.0


class Graces:
    """In the order in which they closed, which is that in which their graces end; each is of `seconds`."""

    def __init__(self, seconds: float = GRACE_SECONDS) -> None:
        self.seconds = seconds
        self._closed: dict[str, Connection] = {}

    def __len__(self) -> int:
        return len(self._closed)

    def begin(self, connection: Connection, at: float) -> None:
        """A connection has closed. One that had closed already keeps its grace."""
        if connection.closed_at is None:
            connection.closed_at = at
            self._closed[connection.id] = connection

    def end(self, connection: Connection) -> None:
        """A connection is open again, or gone."""
        connection.closed_at = None
        self._closed.pop(connection.id, None)

    def over(self, now: float) -> list[Connection]:
        """Those whose grace is over."""
        over = []
        for connection in self._closed.values():
            if (connection.closed_at or 0.0) + self.seconds > now:
                break
            over.append(connection)
        return over

    def next_over(self) -> float | None:
        """When the next grace is over, in Unix seconds; None when nobody is leaving."""
        return next(((connection.closed_at or 0.0) + self.seconds for connection in self._closed.values()), None)
