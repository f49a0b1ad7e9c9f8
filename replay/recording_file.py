"""The file that a recording is written to: for its owner only, one writer at a time, never in place of another file."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from .recording import began, head

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class RecordingFile:
    """The file at `path`; the one before it is kept at `path.1`.

    Every method but `close` and `discard` raises OSError, BlockingIOError while another process writes the file, and
    NoRecording for a file of something else.
    """

    def __init__(self, path: str) -> None:
        self.path, self.older = Path(path), Path(f"{path}.1")
        self.began, self.size, self.changes = 0.0, 0, 0
        self._file: TextIO | None = None

    @property
    def is_open(self) -> bool:
        return self._file is not None

    def write(self, line: str, at: float) -> None:
        """Append the line of a change at `at`; to a new file if none is open."""
        if self._file is None:
            self._open(at)
        self._put(line)
        self.changes += 1

    def close(self) -> None:
        """Close the file, so that another process may take it."""
        if self._file is None:
            return
        file, self._file, self.size = self._file, None, 0
        # The end of the last line may not be written; a reader skips that line.
        with suppress(OSError):
            file.close()

    def discard(self) -> None:
        """Close the file and delete it, if one is open."""
        if self._file is not None:
            self.close()
            self.path.unlink(missing_ok=True)

    def _open(self, at: float) -> None:
        if self.path.exists():
            self._put_aside()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # Line-buffered, so that a killed process loses no complete line.
        self._file = os.fdopen(descriptor, "w", buffering=1, encoding="utf-8")
        _lock(descriptor)
        self.began, self.size, self.changes = at, 0, 0
        self._put(head(at))

    def _put_aside(self) -> None:
        with self.path.open("rb") as file:
            _lock(file.fileno())
            if self.path.stat().st_size:
                # Never replace a file that is not a recording: RECORDING may name the wrong one.
                began(self.path)
            self.path.replace(self.older)

    def _put(self, text: str) -> None:
        if self._file:
            self._file.write(text)
            self.size += len(text)


def _lock(descriptor: int) -> None:
    """Take a file for this process. Raises BlockingIOError while another process has it."""
    if fcntl:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
