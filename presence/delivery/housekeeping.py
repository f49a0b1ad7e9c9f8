"""Periodic cleanup: slow consumers, ghost connections, transports that never connected."""

from collections.abc import Callable

from ..core.changes import Leave
from ..transport.hub import Hub
from ..transport.writer import Writer, break_connection

LOOK_SECONDS, SWEEP_SECONDS = 1.0, 10.0
QUEUED_FRAMES, QUEUED_BYTES = 64, 256 * 1024
"""A socket with more than this waiting has stopped reading, and is hung up."""


class Housekeeping:
    """`live` gives the connections of this process that the roster knows, `append` puts a change into the log.

    `ghosts_removed` counts since the start.
    """

    def __init__(
        self, hub: Hub, writer: Writer, live: Callable[[], list[str]], append: Callable[[Leave], None]
    ) -> None:
        self._hub, self._writer, self._live, self._append = hub, writer, live, append
        self._looked_at = self._swept_at = 0.0
        self._unfinished: set[str] = set()
        self.ghosts_removed = 0

    def run(self, now: float) -> None:
        """Do each kind of cleanup whose time has come."""
        if now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now
            self._hang_up_slow_consumers()
        if now - self._swept_at >= SWEEP_SECONDS:
            self._swept_at = now
            self._remove_ghosts()
            self._close_unfinished_transports()

    def _hang_up_slow_consumers(self) -> None:
        for socket in self._hub:
            if has_stopped_reading(*self._writer.waiting(socket.engine_sid)):
                self._hub.reject(socket)
                break_connection(socket.environ)

    def _remove_ghosts(self) -> None:
        """Remove connections of this process that have no socket."""
        # A socket is removed from the hub for good, so nothing that is a ghost now comes back to life meanwhile.
        for connection in self._live():
            if self._hub.get(connection.partition("/")[2]) is None:
                self._append(Leave(connection))
                self.ghosts_removed += 1

    def _close_unfinished_transports(self) -> None:
        """Close transports that are open since the last look and have not connected."""
        unfinished = self._hub.unfinished()
        for engine_sid in unfinished & self._unfinished:
            self._writer.close(engine_sid)
        self._unfinished = unfinished


def has_stopped_reading(pieces: int, size: int) -> bool:
    """Return whether too much waits for a socket, in pieces and bytes; one alone may be as long as it likes."""
    return pieces >= 2 and (pieces > QUEUED_FRAMES or size > QUEUED_BYTES)
