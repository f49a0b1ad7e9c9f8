"""Notices when the SQLite file of a running process is deleted, moved or replaced.

SQLite goes on writing into a deleted file, and everything that it reports as saved is gone after a restart. So each
connection remembers which files it opened, and is refused when its path leads elsewhere.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

FileId = tuple[int, int] | None
Identity = tuple[FileId, FileId]
"""Of the database file and its write-ahead log."""
GONE = "The database file {path} was deleted, moved or replaced while the site runs. Put it back and restart the site."


class DatabaseFile:
    """The file that a process has opened. `remember` and `check` are called for each connection of the pool."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: Identity | None = None
        self._lost: Identity | None = None

    def remember(self, connection: Any, info: dict[str, Any]) -> None:
        """Note the files of a new connection. A read opens the write-ahead log, which is a file of its own."""
        connection.execute("SELECT count(*) FROM sqlite_master")
        info["files"] = self._identity()
        self._first = self._first or info["files"]

    def check(self, info: dict[str, Any]) -> None:
        """Raise OperationalError when the connection's files are no longer at their path."""
        if "files" in info and info["files"] != self._identity():
            self._lost = info["files"]
            raise sqlite3.OperationalError(GONE.format(path=self._path))

    def check_before_connect(self) -> None:
        """Raise OperationalError until a lost file is back. SQLite would make an empty one in its place."""
        found = self._identity()
        if self._lost == found:
            self._lost = None
        if self._lost or (self._first and self._first[0] != found[0]):
            raise sqlite3.OperationalError(GONE.format(path=self._path))

    def _identity(self) -> Identity:
        return _identity_of(str(self._path)), _identity_of(f"{self._path}-wal")


def _identity_of(path: str) -> FileId:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
