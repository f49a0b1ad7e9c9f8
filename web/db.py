"""The database object and its tables.

`create_tables()` makes or upgrades the tables and may run twice; `flask init-db` does the same from the shell. Until it
has run, the site answers every page with 503 and says so. Nothing may yield (hash, sleep, emit) between the first
write of a transaction and its commit: SQLite waits for a lock in C and would stop every socket of the process.
"""

import click
from flask import Flask, abort, current_app, g, request
from flask.cli import with_appcontext
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect

from web import migrations, sqlite
from web.config import ConfigError, masked

db = SQLAlchemy()

# The style sheets of the error page, and the health checks.
WITHOUT_DATABASE = ("static", "health.healthz", "health.ready")


def init_app(app: Flask) -> None:
    try:
        db.init_app(app)
    except ModuleNotFoundError as error:
        url = masked(app.config["DATABASE_URL"])
        raise ConfigError(f"DATABASE_URL '{url}' needs the package {error.name}, which is not installed.") from None
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.set_up(db.engine)
    app.extensions["tables"] = False
    app.before_request(require_tables)
    app.cli.add_command(init_db)


def require_tables() -> None:
    if request.endpoint not in WITHOUT_DATABASE and not usable():
        abort(503, problem())


def usable() -> bool:
    """Whether this request may ask the database: its schema is up to date and it has not just failed to answer."""
    if g.get("database_away", False):
        return False
    if not current_app.extensions["tables"]:
        current_app.extensions["tables"] = problem() is None
    return current_app.extensions["tables"]


def problem() -> str | None:
    """A sentence about tables that are missing or of an older version; None when the database can be used."""
    with db.engine.connect() as connection:
        if not set(db.metadata.tables) & set(inspect(connection).get_table_names()):
            return "The database has no tables yet. Run `flask init-db` first."
        outdated = migrations.is_outdated(connection)
    return "The database is of an older version of the site. Run `flask init-db` first." if outdated else None


def create_tables() -> list[str]:
    """Make all tables, or upgrade those that are there; returns a sentence for each thing done."""
    with db.engine.connect() as connection:
        return migrations.upgrade(connection, db.metadata)


@click.command("init-db")
@with_appcontext
def init_db() -> None:
    """Make the tables, or upgrade those of an older version."""
    for done in create_tables() or ["The database is up to date; nothing to do."]:
        click.echo(done)
