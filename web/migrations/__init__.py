"""Brings a database to the schema of this version, with Alembic. `web.db.create_tables()` is the way in.

`upgrade()` takes a lock, so of several processes that start at once the first one works and the others find nothing to
do. An empty database gets all tables from the models and is stamped with the newest revision; any other database runs
the revisions that it lacks, in one transaction. A database of the time before revisions has no stamp: revision 0001
looks at what is there and adds what is missing.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

FOLDER = Path(__file__).parent
LOCK = 7_302_026
"""Any number, so long as every process takes the same one: the key of Postgres' advisory lock."""
LOCK_SECONDS = 30

# Alembic reports each look at the database; `upgrade()` returns what there is to say.
logging.getLogger("alembic").setLevel(logging.WARNING)


@cache
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER), file_template="%%(rev)s_%%(slug)s")


def head() -> str:
    """The newest revision of this version of the site. Raises Alembic's CommandError when there are two."""
    return scripts().get_current_head() or ""


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is stamped with; None before its first upgrade."""
    return MigrationContext.configure(connection).get_current_revision()


def is_outdated(connection: Connection) -> bool:
    """Whether the database lacks a revision. One of a newer version lacks none: old code can be put back."""
    revision = revision_of(connection)
    return revision is None or (revision != head() and is_known(revision))


def is_known(revision: str) -> bool:
    return revision in {script.revision for script in scripts().walk_revisions()}


def upgrade(connection: Connection, metadata: MetaData) -> list[str]:
    """Upgrade the database; returns a sentence for each thing done, none when there was nothing to do."""
    with _exclusive(connection):
        if not set(metadata.tables) & set(inspect(connection).get_table_names()):
            metadata.create_all(connection)
            MigrationContext.configure(connection).stamp(scripts(), head())
            return [f"Made the tables {', '.join(metadata.tables)}."]
        return _run_missing(connection, metadata) if is_outdated(connection) else []


def _run_missing(connection: Connection, metadata: MetaData) -> list[str]:
    before = revision_of(connection)
    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, "head")
    ran = list(scripts().iterate_revisions(head(), before))[::-1]
    return [f"Upgraded the database to {script.revision}: {script.doc}" for script in ran]


@contextmanager
def _exclusive(connection: Connection) -> Iterator[None]:
    """A transaction that only one process at a time is in."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        yield
        connection.commit()
        return
    wait = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    # Off, because SQLite changes a column by copying its table and dropping the old one, and that would cascade.
    for pragma in (f"busy_timeout={LOCK_SECONDS * 1000}", "foreign_keys=OFF"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise ValueError(f"The upgrade would leave rows of {broken[0]} that belong to nothing.")
        connection.commit()
    finally:
        connection.rollback()
        for pragma in (f"busy_timeout={wait}", "foreign_keys=ON"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
