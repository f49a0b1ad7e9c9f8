"""The database object and its tables.

`create_tables()` makes or upgrades the tables and may run twice; `flask init-db` does the same from the shell. Until it
has run, the site answers every page with 503 and says so. Nothing may yield (hash, sleep, emit) between the first
write of a transaction and its commit: SQLite waits for a lock in C and would stop every socket of the process.
"""

import time

import click
from flask import Flask, abort, current_app, g, request
from flask.cli import with_appcontext
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from web import concurrency, lifecycle, migrations, sqlite
from web.config import ConfigError
from web.database_url import masked
from web.database_waits import engine_options, limit_statements

db = SQLAlchemy()

# The style sheets of the error page, and the health checks.
WITHOUT_DATABASE = ("static", "health.healthz", "health.ready")
AWAY = "The database does not answer right now. Please try again in a moment."
AWAY_SECONDS = 1.0


def init_app(app: Flask) -> None:
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    options = app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {})
    is_memory = url.database in (None, "", ":memory:")
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**engine_options(url.get_backend_name(), is_memory), **options}
    try:
        db.init_app(app)
    except ModuleNotFoundError as error:
        shown = masked(app.config["DATABASE_URL"])
        raise ConfigError(f"DATABASE_URL '{shown}' needs the package {error.name}, which is not installed.") from None
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.set_up(db.engine)
        else:
            event.listen(db.engine, "connect", lambda connection, _record: limit_statements(connection))
    app.extensions["tables"], app.extensions["database_away_until"] = False, 0.0
    lifecycle.of(app).on_start.append(lambda: start_serving(app))
    app.before_request(require_tables)
    app.cli.add_command(init_db)


def start_serving(app: Flask) -> None:
    """From now on pages wait for the database: limit the waits, and watch the file. At the start nothing is limited."""
    concurrency.begin_serving()
    with app.app_context():
        db.engine.dispose()
        sqlite.watch(db.engine)


def fresh_engine() -> Engine:
    """An engine without a pool, whose connections know nothing from before. In memory there is only the pool's one."""
    engine = current_app.extensions.get("fresh_engine", db.engine)
    if engine is db.engine and isinstance(engine.pool, QueuePool):
        connect = current_app.config["SQLALCHEMY_ENGINE_OPTIONS"]["connect_args"]
        engine = create_engine(engine.url, poolclass=NullPool, connect_args=connect)
        current_app.extensions["fresh_engine"] = engine
    return engine


def require_tables() -> None:
    if request.endpoint in WITHOUT_DATABASE or usable():
        return
    abort(503, AWAY if is_away() else problem())


def is_away() -> bool:
    """Whether this request must not query the database, because it has just failed to answer."""
    return g.get("database_away", False) or time.monotonic() < current_app.extensions["database_away_until"]


def note_away(for_all: bool) -> None:
    """The database did not answer this request. `for_all`: nor would it answer others now, so spare them the wait."""
    g.database_away = True
    if for_all:
        current_app.extensions["database_away_until"] = time.monotonic() + AWAY_SECONDS


def usable() -> bool:
    """Whether this request may query the database: its schema is up to date, and it has not just failed to answer."""
    if is_away():
        return False
    if not current_app.extensions["tables"]:
        current_app.extensions["tables"] = problem() is None
    return current_app.extensions["tables"]


def problem(connection: Connection | None = None) -> str | None:
    """A sentence about tables that are missing or of an older version; None when the database can be used."""
    if connection is None:
        with db.engine.connect() as connection:
            return problem(connection)
    if not set(db.metadata.tables) & set(inspect(connection).get_table_names()):
        return "The database has no tables yet. Run `flask init-db` first."
    outdated = migrations.is_outdated(connection)
    return "The database is of an older version of the site. Run `flask init-db` first." if outdated else None


def create_tables() -> list[str]:
    """Make all tables, or upgrade those that are there; returns a sentence for each thing done.

    Raises ConfigError for a database that cannot be used.
    """
    try:
        with db.engine.connect() as connection:
            return migrations.upgrade(connection, db.metadata)
    except DBAPIError as error:
        shown = masked(current_app.config["DATABASE_URL"])
        raise ConfigError(f"DATABASE_URL '{shown}' cannot be used: {error.orig}.") from None


@click.command("init-db")
@with_appcontext
def init_db() -> None:
    """Make the tables, or upgrade those of an older version."""
    try:
        for done in create_tables() or ["The database is up to date; nothing to do."]:
            click.echo(done)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
