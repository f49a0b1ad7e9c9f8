"""Writes a recording: bounded in size, readable by its owner only, and deleted after a day.

    recording = Recording(presence, "instance/recording")
    recording.start()                 once, by the serving program

From then on every change that `presence` applies is written under pseudonyms (recorder.py). The file is rotated when it
reaches HALF_BYTES or about half of KEPT_SECONDS: it replaces `recording.1`, and a new one begins with all present
users, so each of the two can be replayed on its own. No line gets older than KEPT_SECONDS while the process runs, and
older ones are deleted at its next start.

With a shared log every process applies every change, so recording in one is enough; a second process that is given the
same file leaves it alone. An error with the file ends the recording with one warning and has no other effect.

Where the system has no file locks, give each process a file of its own.
"""

import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from presence.core.changes import Change
from presence.node import Node

from .recorder import Recorder
from .recording import NoRecording, began, head, line

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

logger = logging.getLogger("presence")

HALF_BYTES = 8_000_000
KEPT_SECONDS = 24 * 3600.0
CHECK_SECONDS = 600.0
SECRET_BYTES = 32


class Recording:
    """Records a node of presence. Everything but `start` is called with the roster locked."""

    def __init__(
        self, node: Node, path: str, secret: Callable[[], bytes] = lambda: secrets.token_bytes(SECRET_BYTES)
    ) -> None:
        self._node, self._path, self._older = node, Path(path), Path(f"{path}.1")
        self._recorder = Recorder(node.roster, node.keys, self._write, secret)
        self._file: TextIO | None = None
        self._began, self._size, self._size_before, self._ended = 0.0, 0, 0, False
        node.observers.append(self)

    def start(self) -> None:
        """Start the periodic age check. The file is created with the first change."""
        logger.info("Recording presence to '%s', without names.", self._path)
        self._node.server.start_background_task(self._expire_periodically)

    def before(self, change: Change, at: float) -> None:
        self._size_before = self._size
        if not self._ended:
            self._recorder.before(change, at)

    def after(self, change: Change, at: float) -> None:
        if not self._ended:
            self._recorder.after(change, at)
        # Only after a written line: hidden users must not influence when a file is rotated.
        if self._size > max(self._size_before, HALF_BYTES):
            self._rotate(at)

    def expire(self, now: float) -> None:
        """Rotate or delete recordings that get older than 24 h, including those of an earlier run."""
        if self._file and self._began < now - KEPT_SECONDS / 2 + CHECK_SECONDS:
            self._rotate(now)
        for path in (self._older,) if self._file else (self._older, self._path):
            with suppress(OSError, NoRecording):
                if began(path) < now - KEPT_SECONDS + CHECK_SECONDS:
                    path.unlink()

    def close(self) -> None:
        """Close the file, so that another process may take it."""
        if self._file:
            with suppress(OSError):
                self._file.close()
            self._file, self._size = None, 0

    def _expire_periodically(self) -> None:
        while not self._ended:
            with self._node.lock:
                self.expire(self._node.log.now())
            self._node.server.sleep(CHECK_SECONDS)

    def _rotate(self, at: float) -> None:
        self.close()
        self._recorder.rotate(at)
        if self._size > HALF_BYTES:
            self._end("Not all present users fit into it.")

    def _write(self, change: Change, at: float) -> None:
        if self._ended:
            return
        try:
            if self._file is None:
                self._open(at)
            self._put(line(change, at))
        except BlockingIOError:
            self._end("Another process is writing it.")
        except (OSError, NoRecording) as error:
            self._end(error)

    def _open(self, at: float) -> None:
        if self._path.exists():
            self._put_aside()
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # Line-buffered, so that a killed process loses no complete line.
        self._file = os.fdopen(descriptor, "w", buffering=1, encoding="utf-8")
        _lock(descriptor)
        self._began, self._size = at, 0
        self._put(head(at))

    def _put_aside(self) -> None:
        with self._path.open("rb") as file:
            _lock(file.fileno())
            if self._path.stat().st_size:
                # Never replace a file that is no recording: RECORDING may name the wrong one.
                began(self._path)
            self._path.replace(self._older)

    def _put(self, text: str) -> None:
        if self._file:
            self._file.write(text)
            self._size += len(text)

    def _end(self, reason: object) -> None:
        self._ended = True
        self.close()
        logger.warning("The recording to '%s' ends: %s", self._path, reason)


def _lock(descriptor: int) -> None:
    """Take a file for this process. Raises BlockingIOError while another process has it."""
    if fcntl:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
