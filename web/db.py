"""The database object, and what every SQLite connection is told.

`create_tables()` makes what is missing and may run twice; `flask init-db` does the same from the shell. A site whose
tables are missing answers every page with 503 and says so. Nothing may yield (hash, sleep, emit) between the first
write of a transaction and its commit: SQLite waits for a lock in C and would stop every socket of the process.
"""

import click
from flask import abort, current_app, g, request
from flask.cli import with_appcontext
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, event, inspect
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateColumn

from web.config import ConfigError, masked

db = SQLAlchemy()

# The style sheets of the page about the missing tables, and those who watch over the process.
WITHOUT_DATABASE = ("static", "operations.healthz", "operations.ready")
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=2000", "synchronous=NORMAL")


def init_app(app):
    try:
        db.init_app(app)
    except ModuleNotFoundError as error:
        url = masked(app.config["DATABASE_URL"])
        raise ConfigError(f"DATABASE_URL '{url}' needs the package {error.name}, which is not installed.") from None
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", tune)
    app.extensions["tables"] = False
    app.before_request(require_tables)
    app.cli.add_command(init_db)


def tune(connection, _record):
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def require_tables():
    if request.endpoint not in WITHOUT_DATABASE and not usable():
        abort(503, "The database has no tables yet. Run `flask init-db` and load this page again.")


def usable() -> bool:
    """Whether this request may ask the database: the tables are there and it has not just failed to answer."""
    if g.get("database_away", False):
        return False
    if not current_app.extensions["tables"]:
        current_app.extensions["tables"] = not missing_tables()
    return current_app.extensions["tables"]


def missing_tables() -> list[str]:
    present = inspect(db.engine).get_table_names()
    return [name for name in db.metadata.tables if name not in present]


def create_tables() -> list[str]:
    """Make the missing tables, and the columns that came with a newer version; returns the tables' names."""
    missing = missing_tables()
    try:
        db.create_all()
        add_columns()
    except DatabaseError:
        # Two processes that start at once both try; the slower one finds all tables made.
        if missing_tables():
            raise
    return missing


def add_columns():
    for name, table in db.metadata.tables.items():
        present = {column["name"] for column in inspect(db.engine).get_columns(name)}
        for column in table.columns:
            if column.name not in present:
                compiled = CreateColumn(column).compile(db.engine)
                with db.engine.begin() as connection:
                    connection.execute(DDL(f"ALTER TABLE {table.name} ADD COLUMN {compiled}"))


@click.command("init-db")
@with_appcontext
def init_db():
    """Make the tables that are missing."""
    made = create_tables()
    click.echo(f"Made the tables {', '.join(made)}." if made else "All tables are there already; nothing to do.")
