"""The log of several processes, in Redis: takes the steps of replica.py in two tasks, so that no event waits for Redis.

One task appends what waits; the other follows: it joins, reads, and renews the lease. When Redis fails either of them,
the faces freeze and the pages are told; the follower tries again every RETRY_SECONDS until all is well.
"""

import logging
import re
from threading import Lock
from time import monotonic

import socketio

from ..change_log import Applier
from ..core.changes import Change
from .redis_stream import Stream
from .replica import PULSE_SECONDS, Replica
from .shared_log import Away

logger = logging.getLogger("presence")

RETRY_SECONDS = 0.25
FAREWELL_SECONDS = 1.5


class RedisLog(Replica):
    def __init__(self, node: Applier, server: socketio.Server, url: str) -> None:
        """Raises ValueError for a URL that cannot be used."""
        super().__init__(node, Stream(url, node.id))
        self._server, self._url = server, re.sub(r"//[^/@]*@", "//***@", url)
        self._wake = server.eio.create_event()
        self._starting = Lock()
        self._started = self._stopped = False

    def append(self, change: Change) -> None:
        super().append(change)
        self._wake.set()

    def start(self) -> None:
        with self._starting:
            begun, self._started = self._started, True
        if not begun:
            self._server.start_background_task(self._run_follower)
            self._server.start_background_task(self._run_writer)

    def stop(self) -> None:
        """Write what waits, for a moment, and give the lease back: the others see a grace, and no dead process."""
        self._stopped = True
        self._wake.set()
        deadline = monotonic() + FAREWELL_SECONDS
        try:
            while self.write() and monotonic() < deadline:
                pass
            self._shared.end()
        except Away as error:
            logger.warning("What was left to say could not be said: %s", error)

    def _run_follower(self) -> None:
        while not self._stopped:
            try:
                self._follow()
            except Away as error:
                self._fail(error)
            except Exception:
                logger.exception("A step of the log failed.")
                self.joined = False
                self._server.sleep(PULSE_SECONDS)

    def _follow(self) -> None:
        if not self.joined:
            self.join()
            self._wake.set()
        if self.disconnected:
            logger.warning("Redis is back at %s.", self._url)
            self.disconnected = False
            self._node.set_paused(False)
        self.pulse()
        if self.joined:
            self.follow(PULSE_SECONDS)

    def _run_writer(self) -> None:
        while not self._stopped:
            self._wake.wait(PULSE_SECONDS)
            self._wake.clear()
            try:
                while self.write():
                    pass
            except Away:
                # The follower finds the same, and says so.
                self._server.sleep(RETRY_SECONDS)
            except Exception:
                logger.exception("Changes could not be written.")
                self.joined = False

    def _fail(self, error: Away) -> None:
        if self.mark_disconnected() and not self._stopped:
            logger.warning("Redis is away at %s, the faces freeze: %s", self._url, error)
            self._node.set_paused(True)
        self._server.sleep(RETRY_SECONDS)
