"""The course site: `create_app()` puts the parts together, `python app.py` serves them. Nothing imports this module.

    python app.py [--host H] [--port P] [--classmates N]
    python app.py --replay FILE [--speed N] [--once]        for `flask replay`: a recording, in a site of its own

On an empty machine it makes the tables and loads the sample users by itself. `flask init-db` and `flask sample-users`
do the same from the shell, for those who serve the site in another way.
"""

from web import concurrency

if __name__ == "__main__":
    concurrency.patch()

import argparse
import sys

from flask import Flask
from flask_login import current_user
from flask_socketio import SocketIO
from sqlalchemy.exc import OperationalError

import accounts
import classmates
import classroom
import courses
import live
import replay
from accounts.session_lookup import Glance, glance
from presence import Place, Presence, User
from server import listener, serve
from web import compression, config, db, health, logs, security, session_cookie, static_files


def create_app(overrides: dict | None = None) -> Flask:
    """The whole site as a Flask app. `overrides` go before the environment and may hold any Flask setting too.

    The SocketIO object is `app.extensions["socketio"]`, presence is `app.extensions["presence"]`. Raises
    `config.ConfigError` for a setting that cannot be used and `courses.CatalogError` for a broken lesson file.
    """
    app = Flask(__name__)
    app.session_interface = session_cookie.Sessions()
    app.config.update(config.load(overrides))
    live.add_blocks(app)
    for part in (db, compression, security, static_files, accounts, courses):
        part.init_app(app)
    presence = Presence(app, SocketIO(), identify, locate, async_mode=concurrency.mode())
    live.init_app(app, presence)
    health.init_app(app)
    logs.init_app(app)
    classmates.init_app(app)
    classroom.init_app(app)
    replay.init_app(app)
    _tell_presence(app, presence)
    security.guard(app)
    return app


def identify() -> User | None:
    """Who sends this request, as presence wants to know it."""
    if found := glance():
        return as_present(found)
    return as_present(current_user) if current_user.is_authenticated else None


def as_present(user: accounts.User | Glance) -> User:
    """An account as presence knows it."""
    return User(
        id=str(user.id),
        name=user.name,
        avatar=user.avatar,
        role="simulated" if user.simulated else user.role,
        visibility=user.visibility,
        alias=user.alias,
        flag=user.flag,
        revision=user.revision,
        session=user.session or "",
    )


def locate(path: str) -> Place | None:
    """The place at a path of the catalog, with the lessons before and after it."""
    catalog = courses.current_catalog()
    if catalog.find(path) is None:
        return None
    return Place(path, *catalog.neighbours(path))


def _tell_presence(app: Flask, presence: Presence) -> None:
    def profile_changed(_app, user):
        presence.profile_changed(as_present(user))

    def signed_out(_app, user_id, session, keep, reason):
        presence.sign_out(str(user_id), session, keep, reason)

    # Blinker keeps weak references; what the app keeps, lives as long as the app.
    app.extensions["presence_listeners"] = profile_changed, signed_out
    accounts.profile_changed.connect(profile_changed, sender=app)
    accounts.signed_out.connect(signed_out, sender=app)


def main() -> None:
    """Serve the site until it is interrupted."""
    arguments = _arguments()
    given = {name: value for name, value in vars(arguments).items() if name.isupper() and value}
    try:
        with replay.settings(arguments.replay) as settings:
            _serve(create_app({**settings, **given}), arguments)
    except (config.ConfigError, courses.CatalogError, listener.CannotServe) as error:
        sys.exit(str(error))


def _serve(app: Flask, arguments: argparse.Namespace) -> None:
    concurrency.require(app.config["SOCKETIO_ASYNC_MODE"])
    logs.set_up(app.config["LOG_FORMAT"])
    _prepare(app)
    if arguments.replay:
        replay.begin(app, arguments.replay, arguments.speed, arguments.once)
    serve.serve(app, arguments.classmates)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve the course site.")
    parser.add_argument("--host", dest="HOST", help="address to listen on (default: HOST, or 127.0.0.1)")
    parser.add_argument("--port", dest="PORT", help="port to listen on (default: PORT, or 5000)")
    parser.add_argument(
        "--classmates", type=_count, default=0, metavar="N", help="simulated classmates, at most 200 (default: none)"
    )
    parser.add_argument("--replay", metavar="FILE", help="show a recording instead, as `flask replay FILE` does")
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster than it was (default: 1)")
    parser.add_argument("--once", action="store_true", help="stop at the end of the recording")
    return parser.parse_args()


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > classmates.MOST:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {classmates.MOST}, not {text!r}")
    return int(text)


def _prepare(app: Flask) -> None:
    """Make what is missing, and say so."""
    with app.app_context():
        for done in _tables(app.config["DATABASE_URL"]):
            print(done)
        if accounts.sample_users.enabled() and (loaded := accounts.sample_users.load()):
            print(f"Loaded the sample users {', '.join(loaded)}.")


def _tables(url: str) -> list[str]:
    try:
        return db.create_tables()
    except OperationalError as error:
        raise config.ConfigError(f"DATABASE_URL '{config.masked(url)}' cannot be used: {error.orig}.") from None


if __name__ == "__main__":
    main()
