"""A recording that is being written: bounded, for its owner alone, and short-lived.

    recording = Recording(presence, "instance/recording")
    recording.start()                 once, by the program that serves

From then on all that takes effect in `presence` is written into the file, under pseudonyms (recorder.py). When it has
grown to HALF_BYTES, or is about half as old as anything may get, it becomes `recording.1` in place of the one before,
and a new one begins with everybody who is here; so each of the two can be replayed on its own. No line gets older than
KEPT_SECONDS while the process runs, and none that is older outlives its next start.

With a shared log every process applies every change, so one that records is enough; a second one that is given the same
file leaves it alone. Whatever goes wrong with the file ends the recording with one warning, and nothing else.
"""

import fcntl
import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from presence.core.changes import Change

from .recorder import Recorder
from .recording import NoRecording, began, head, line

log = logging.getLogger("presence")

HALF_BYTES = 8_000_000
KEPT_SECONDS = 24 * 3600.0
LOOK_SECONDS = 600.0
SECRET_BYTES = 32


class Recording:
    """Puts itself before the roster of a Presence. Everything but `start` is called with the roster locked."""

    def __init__(self, presence, path: str, secret: Callable = lambda: secrets.token_bytes(SECRET_BYTES)) -> None:
        self._presence, self._path, self._older = presence, Path(path), Path(f"{path}.1")
        self._recorder = Recorder(presence.roster, presence.keys, self._write, secret)
        self._file: TextIO | None = None
        self._began, self._size, self._ended = 0.0, 0, False
        presence.effect = self.apply

    def start(self) -> None:
        """Look after the age of what is there, from now on. Until something happens no file is begun."""
        log.info("What happens is recorded into '%s', without names.", self._path)
        self._presence.server.start_background_task(self._keep_looking)

    def apply(self, change: Change, at: float) -> None:
        """Let a change take effect, and record it."""
        before = self._size
        self._recorder.apply(change, at)
        # Only with a line of somebody: what the hidden do must not even decide when a file ends.
        if self._size > max(before, HALF_BYTES):
            self._begin_anew(at)

    def look(self, now: float) -> None:
        """Let nothing get too old; what is left from before the start included."""
        if self._file and self._began < now - KEPT_SECONDS / 2 + LOOK_SECONDS:
            self._begin_anew(now)
        for path in (self._older,) if self._file else (self._older, self._path):
            with suppress(OSError, NoRecording):
                if began(path) < now - KEPT_SECONDS + LOOK_SECONDS:
                    path.unlink()

    def close(self) -> None:
        """Let another process have the file."""
        if self._file:
            with suppress(OSError):
                self._file.close()
            self._file, self._size = None, 0

    def _keep_looking(self) -> None:
        while not self._ended:
            with self._presence.lock:
                self.look(self._presence.log.now())
            self._presence.server.sleep(LOOK_SECONDS)

    def _begin_anew(self, at: float) -> None:
        self.close()
        self._recorder.begin_anew(at)
        if self._size > HALF_BYTES:
            self._end("So many people do not fit into it.")

    def _write(self, change: Change, at: float) -> None:
        if self._ended:
            return
        try:
            if self._file is None:
                self._open(at)
            self._put(line(change, at))
        except BlockingIOError:
            self._end("Another process writes it.")
        except (OSError, NoRecording) as error:
            self._end(error)

    def _open(self, at: float) -> None:
        if self._path.exists():
            self._put_aside()
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # Line by line, so that a process which is killed has said all.
        self._file = os.fdopen(descriptor, "w", buffering=1, encoding="utf-8")
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._began, self._size = at, 0
        self._put(head(at))

    def _put_aside(self) -> None:
        with self._path.open("rb") as file:
            # Raises BlockingIOError while another process writes it.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._path.stat().st_size:
                # Whatever else lies there must not be lost over a setting with the wrong name in it.
                began(self._path)
            self._path.replace(self._older)

    def _put(self, text: str) -> None:
        if self._file:
            self._file.write(text)
            self._size += len(text)

    def _end(self, why: object) -> None:
        self._ended, self._presence.effect = True, self._presence.roster.apply
        self.close()
        log.warning("The recording into '%s' ends: %s", self._path, why)
