"""SQLite: the PRAGMAs of each connection, the file's mode, and the end of what was deleted."""

import logging
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, ExceptionContext, event

from web import concurrency
from web.database_file import DatabaseFile

logger = logging.getLogger(__name__)

# secure_delete overwrites what is deleted, which SQLite would otherwise leave in free pages.
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON")
PRIMARY_CODE = 0xFF
CHECKPOINT_TRIES, CHECKPOINT_WAIT_MS = 10, 50


def set_up(engine: Engine) -> None:
    """Prepare a database that is a SQLite file or in memory."""
    event.listen(engine, "connect", tune)
    event.listen(engine, "handle_error", replace_read_only)
    if path := path_of(engine):
        with suppress(OSError):
            # If the file or its folder cannot be used, the first query says so.
            make_private(path)


def watch(engine: Engine) -> None:
    """From now on check that a connection's file is still there whenever it is taken out of the pool.

    Only while pages are served: a command may restore a backup.
    """
    if (path := path_of(engine)) is None:
        return
    file = DatabaseFile(path)
    event.listen(engine, "do_connect", lambda *_: file.check_before_connect())
    event.listen(engine, "connect", lambda connection, record: file.remember(connection, record.info))
    event.listen(engine, "checkout", lambda _connection, record, _proxy: file.check(record.info))


def tune(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def replace_read_only(context: ExceptionContext) -> None:
    """Replace the connections when one may not write: what was opened on a read-only disk never may."""
    code = getattr(context.original_exception, "sqlite_errorcode", 0)
    if code & PRIMARY_CODE == sqlite3.SQLITE_READONLY:
        context.is_disconnect = True


def path_of(engine: Engine) -> Path | None:
    """The file of a database; None for one in memory, by a URI, or of another kind than SQLite."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name.startswith((":", "file:")):
        return None
    return Path(name)


def make_private(path: Path) -> None:
    """Create the file for its owner only, or close one of an earlier version to other users of the machine."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if file.exists() and file.stat().st_mode & 0o007:
            file.chmod(0o600)


def forget_deleted(engine: Engine) -> None:
    """Empty the write-ahead log, which still holds the rows that were deleted. In a thread: it waits in C."""
    if path := path_of(engine):
        try:
            concurrency.offload(_truncate_log, path)
        except sqlite3.Error as error:
            # What was deleted is deleted, and the next checkpoint empties the log.
            logger.warning("The write-ahead log could not be emptied: %s", error)


def _truncate_log(path: Path) -> None:
    # Opened by its path alone, a file that is gone would be made anew.
    address = f"{path.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, timeout=CHECKPOINT_WAIT_MS / 1000, uri=True)) as connection:
        # Short waits, because while it waits for readers all writers wait for it.
        for _ in range(CHECKPOINT_TRIES):
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
