"""Limits on the wait for a database, so that a page is answered within seconds and no socket waits at all.

SQLite waits for a lock in C, which would stop the event loop: its own wait is off, and a statement that finds the
database locked is tried again here, with pauses in which others run. Postgres is waited for by the event loop
(`web.concurrency`); it cancels a statement itself shortly before that wait ends, so that no session is left behind.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any, Self, TypeVar

from web import concurrency

T = TypeVar("T")
Options = dict[str, Any]

LOCK_SECONDS = 2.0
PAUSE_SECONDS = 0.005, 0.05
POOL_SECONDS = 1.0
STATEMENT_SECONDS = 1.8
CONNECTIONS = {"pool_size": 10, "max_overflow": 30, "pool_timeout": POOL_SECONDS}


def engine_options(backend: str, is_memory: bool) -> Options:
    """Options for SQLAlchemy's engine of a backend, `sqlite` or `postgresql`."""
    if backend != "sqlite":
        return {**CONNECTIONS, "connect_args": {"connect_timeout": round(concurrency.DATABASE_SECONDS)}}
    connect = {"factory": RetryingConnection, "timeout": 0}
    return {"connect_args": connect, **({} if is_memory else CONNECTIONS)}


def limit_statements(connection: Any) -> None:
    """Make Postgres cancel a statement that takes too long. Only while pages are served: an upgrade may take longer."""
    if concurrency.is_serving():
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION statement_timeout = {round(STATEMENT_SECONDS * 1000)}")
        connection.commit()


def retry_while_locked(statement: Callable[[], T]) -> T:
    """Run a statement, again and again while the database is locked, for LOCK_SECONDS at most."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return statement()
        except sqlite3.OperationalError as error:
            # Other codes (a snapshot that is too old) do not go away by waiting.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        # At random, so that those who wait do not try in step.
        concurrency.pause(random.uniform(*PAUSE_SECONDS))  # noqa: S311  no secret


class RetryingCursor(sqlite3.Cursor):
    def execute(self, *arguments: Any) -> Self:
        return retry_while_locked(lambda: super(RetryingCursor, self).execute(*arguments))

    def executemany(self, *arguments: Any) -> Self:
        return retry_while_locked(lambda: super(RetryingCursor, self).executemany(*arguments))


class RetryingConnection(sqlite3.Connection):
    """A connection whose statements wait for a lock without blocking the event loop."""

    def cursor(  # type: ignore[override]
        self, factory: Callable[[sqlite3.Connection], sqlite3.Cursor] = RetryingCursor
    ) -> sqlite3.Cursor:
        return super().cursor(factory)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        return self.cursor().execute(*arguments)

    def commit(self) -> None:
        retry_while_locked(super().commit)
