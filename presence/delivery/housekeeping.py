"""What has to be looked after, whatever happens: readers who do not read, and what should not be there any more."""

from ..core.changes import Leave
from ..transport.hub import break_connection

LOOK_SECONDS, SWEEP_SECONDS = 1.0, 10.0
QUEUED_FRAMES, QUEUED_BYTES = 64, 256 * 1024
"""A socket with more than this waiting has stopped reading, and is hung up."""


class Upkeep:
    """`ghosts_swept` and `hung_up` count what it has done since the start."""

    def __init__(self, presence) -> None:
        self._presence, self._sockets = presence, presence.sockets
        self._looked_at = self._swept_at = 0.0
        self._unfinished: set[str] = set()
        self.ghosts_swept = self.hung_up = 0

    def look_after(self, now: float) -> None:
        """Hang up those who do not read, and sweep what should not be there, each when its time has come."""
        if now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now
            self._hang_up_slow_readers()
        if now - self._swept_at >= SWEEP_SECONDS:
            self._swept_at = now
            self._sweep_ghosts()
            self._sweep_transports()

    def _hang_up_slow_readers(self) -> None:
        slow = [socket for socket in self._sockets if has_stopped_reading(self._sockets.waiting(socket))]
        for socket in slow:
            self._sockets.hang_up(socket)
            break_connection(socket.environ)
        self.hung_up += len(slow)

    def _sweep_ghosts(self) -> None:
        """Nobody stays present without a socket."""
        presence = self._presence
        with presence.lock:
            present = {presence.reception.connection_id(socket) for socket in self._sockets}
            ghosts = [c for c in presence.roster.live(presence.node) if c not in present]
            for connection in ghosts:
                presence.log.append(Leave(connection))
            self.ghosts_swept += len(ghosts)

    def _sweep_transports(self) -> None:
        """No transport stays open without having connected."""
        unfinished = self._sockets.unfinished()
        for engine_sid in unfinished & self._unfinished:
            self._sockets.close_transport(engine_sid)
        self._unfinished = unfinished


def has_stopped_reading(waiting: list) -> bool:
    """Whether so many Engine.IO packets wait for a socket; one alone may be as long as it likes."""
    if len(waiting) < 2:
        return False
    return len(waiting) > QUEUED_FRAMES or sum(len(packet.data or "") for packet in waiting) > QUEUED_BYTES
