"""Writes a recording: bounded in size, readable by its owner only, and deleted after a day.

    recording = Recording(presence, "instance/recording")
    recording.start()                 once, by the serving program

From then on every change that `presence` applies is written under pseudonyms (recorder.py). The file is rotated when it
reaches HALF_BYTES or about half of KEPT_SECONDS: it replaces `recording.1`, and a new one begins with all present
users, so each of the two can be replayed on its own. No line gets older than KEPT_SECONDS while the process runs, and
older ones are deleted at its next start.

With a shared log every process applies every change, so recording in one is enough; a second process that is given the
same file leaves it alone. An error of the disk, such as a full one, pauses the recording with one warning: each check
tries to begin a new file, with all present users. A file that is not a recording ends it.

Where the system has no file locks, give each process a file of its own.
"""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress

from presence.core.changes import Change
from presence.node import Node

from .recorder import Recorder
from .recording import NoRecording, began, line
from .recording_file import RecordingFile

logger = logging.getLogger("presence")

HALF_BYTES = 8_000_000
KEPT_SECONDS = 24 * 3600.0
CHECK_SECONDS = 60.0
SECRET_BYTES = 32


class Recording:
    """Records a node of presence. Everything but `start` is called with the roster locked."""

    def __init__(
        self, node: Node, path: str, secret: Callable[[], bytes] = lambda: secrets.token_bytes(SECRET_BYTES)
    ) -> None:
        self._node, self._file = node, RecordingFile(path)
        self._recorder = Recorder(node.roster, node.keys, self._write, secret)
        self._size_before, self._ended = 0, False
        self._paused = self._rotating = self._retrying = False
        node.observers.append(self)

    def start(self) -> None:
        """Start the periodic check. The file is created with the first change."""
        logger.info("Recording presence to '%s', without names.", self._file.path)
        self._node.server.start_background_task(self._check_periodically)

    def before(self, change: Change, at: float) -> None:
        self._size_before = self._file.size
        if not self._is_silent:
            self._recorder.before(change, at)

    def after(self, change: Change, at: float) -> None:
        if not self._is_silent:
            self._recorder.after(change, at)
        # Only after a written line: hidden users must not influence when a file is rotated.
        if self._file.size > max(self._size_before, HALF_BYTES):
            self._rotate(at)

    def check(self, now: float) -> None:
        """Go on after an error. Rotate or delete recordings that get older than 24 h, those of an earlier run too."""
        if self._paused:
            self._resume(now)
        if self._file.is_open and self._file.began < now - KEPT_SECONDS / 2 + CHECK_SECONDS:
            self._rotate(now)
        for path in (self._file.older,) if self._file.is_open else (self._file.older, self._file.path):
            with suppress(OSError, NoRecording):
                if began(path) < now - KEPT_SECONDS + CHECK_SECONDS:
                    path.unlink()

    def close(self) -> None:
        """Close the file, so that another process may take it."""
        self._file.close()

    @property
    def _is_silent(self) -> bool:
        return self._ended or self._paused

    def _check_periodically(self) -> None:
        while not self._ended:
            with self._node.lock:
                self.check(self._node.log.now())
            self._node.server.sleep(CHECK_SECONDS)

    def _rotate(self, at: float) -> None:
        self.close()
        self._rotating = True
        self._recorder.rotate(at)
        self._rotating = False
        if self._file.size > HALF_BYTES:
            self._end("Not all present users fit into it.")

    def _write(self, change: Change, at: float) -> None:
        if self._is_silent:
            return
        try:
            self._file.write(line(change, at), at)
        except BlockingIOError:
            self._end("Another process is writing it.")
        except NoRecording as error:
            self._end(error)
        except OSError as error:
            self._pause(error)

    def _pause(self, error: OSError) -> None:
        self._paused = True
        # A file that lacks some of those present cannot be replayed; the next attempt must not put it aside.
        if self._rotating or not self._file.changes:
            self._file.discard()
        self.close()
        if not self._retrying:
            logger.warning("The recording to '%s' pauses until it can be written again: %s", self._file.path, error)

    def _resume(self, now: float) -> None:
        self._paused, self._retrying = False, True
        self._rotate(now)
        self._retrying = False
        if not self._is_silent:
            logger.info("The recording to '%s' goes on.", self._file.path)

    def _end(self, reason: object) -> None:
        self._ended = True
        self.close()
        logger.warning("The recording to '%s' ends: %s", self._file.path, reason)
