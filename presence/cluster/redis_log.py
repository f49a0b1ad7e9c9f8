"""RedisLog: the shared log in Redis. Takes the steps of replica.py in two tasks, so that no event waits for Redis.

The writer appends what is queued; the follower joins, reads, and renews the lease. When Redis fails either of them,
the faces freeze and the pages are told; the follower tries again every RETRY_SECONDS.
"""

import logging
import re
from collections.abc import Sequence
from threading import Lock
from time import monotonic

import socketio

from ..change_log import Applier, CellId
from ..core.changes import Change
from .lease import HEARTBEAT_SECONDS
from .redis_stream import RedisStream
from .replica import Replica
from .shared_log import Unreachable
from .write_queue import LONGEST

logger = logging.getLogger("presence")

RETRY_SECONDS, POLL_SECONDS = 0.25, 0.01
DRAIN_SECONDS = 1.5


class RedisLog(Replica):
    def __init__(self, node: Applier, server: socketio.Server, url: str) -> None:
        """Raises ValueError for a URL that cannot be used."""
        self._stream = RedisStream(url, node.id, node.keys.secret_for("log"))
        super().__init__(node, self._stream)
        self._server, self._url = server, re.sub(r"//.*@", "//***@", url)
        self._wake = server.eio.create_event()
        self._starting = Lock()
        self._started = self._stopped = False
        self._gone: list[CellId] = []

    @property
    def unreadable(self) -> int:
        return self._stream.unreadable

    def append(self, change: Change) -> None:
        super().append(change)
        self._wake.set()

    def forget(self, cells: Sequence[CellId]) -> None:
        """Have cells deleted from their hash, within about a second."""
        self._gone = [*self._gone, *cells][-LONGEST:]

    def start(self) -> None:
        with self._starting:
            begun, self._started = self._started, True
        if not begun:
            self._server.start_background_task(self._run_follower)
            self._server.start_background_task(self._run_writer)

    def stop(self) -> None:
        """Write what is queued, for a moment, and give the lease back: the others see grace periods."""
        self._stopped = True
        self._wake.set()
        deadline = monotonic() + DRAIN_SECONDS
        try:
            while self.write() and monotonic() < deadline:
                pass
            self._shared.end()
        except Unreachable as error:
            logger.warning("The last changes could not be written: %s", error)

    def _run_follower(self) -> None:
        while not self._stopped:
            try:
                self._follow()
            except Unreachable as error:
                self._fail(error)
            except Exception as error:
                # Told to the pages like any other failure: what they show may be old.
                logger.exception("A step of the log failed.")
                self._fail(error)
                self._server.sleep(HEARTBEAT_SECONDS)

    def _follow(self) -> None:
        if not self.joined:
            self.join()
            self._wake.set()
            self._warn_of_eviction()
        self.heartbeat()
        if self._gone and self.joined:
            gone, self._gone = self._gone, []
            self._shared.forget(gone)
        if self.joined:
            self.follow(POLL_SECONDS if self.disconnected else HEARTBEAT_SECONDS)
        if self.joined and self.disconnected:
            # Only once each step has worked: a step that keeps failing must not look like a recovery every second.
            logger.warning("Redis is back at %s.", self._url)
            self.disconnected = False
            self._node.set_paused(False)

    def _warn_of_eviction(self) -> None:
        if self.joins == 1 and (policy := self._stream.evicts()):
            logger.warning("A full Redis may drop presence: its maxmemory-policy is %s, not noeviction.", policy)

    def _run_writer(self) -> None:
        while not self._stopped:
            self._wake.wait(HEARTBEAT_SECONDS)
            self._wake.clear()
            try:
                while self.write():
                    pass
            except Unreachable:
                # The follower finds the same, and logs it.
                self._server.sleep(RETRY_SECONDS)
            except Exception:
                logger.exception("Changes could not be written.")
                self.joined = False

    def _fail(self, error: Exception) -> None:
        if self.mark_disconnected() and not self._stopped:
            logger.warning("Redis is away at %s, the faces freeze: %s", self._url, error)
            self._node.set_paused(True)
        self._server.sleep(RETRY_SECONDS)
