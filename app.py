"""The course site: `create_app()` assembles the packages, `python app.py` serves them. No package imports this module.

    python app.py [--host H] [--port P] [--classmates N]
    python app.py --replay FILE [--speed N] [--once]        for `flask replay`: a recording, in a site of its own

On an empty machine it makes the tables and loads the sample users. `flask init-db` and `flask sample-users` do the same
from the shell.
"""

from web import concurrency

if __name__ == "__main__":
    concurrency.patch()

import argparse
import sys
from contextlib import ExitStack
from functools import partial
from typing import Any, cast

from flask import Flask
from flask_login import current_user
from flask_socketio import SocketIO

import accounts
import classmates
import classroom
import courses
import live
import replay
from accounts.session_lookup import SessionUser, session_user
from presence import Place, Presence, User
from presence.core.people import Visibility
from presence.metrics import Collector
from server import BindError, parse_arguments, serve
from web import (
    compression,
    config,
    db,
    fragments,
    health,
    indentation,
    lifecycle,
    links,
    logs,
    prefix,
    security,
    sentences,
    session_cookie,
    static_files,
    template_cache,
    template_calls,
)
from web.errors import explain
from web.site import Site


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The whole site as a Flask app. `overrides` win over the environment and may hold any other Flask setting.

    The SocketIO object is `app.extensions["socketio"]`, presence is `app.extensions["presence"]`. Raises
    `config.ConfigError` for an unusable setting and `courses.CatalogError` for a broken lesson file.
    """
    app = Site(__name__)
    app.session_interface = session_cookie.SessionInterface()
    app.config.update(config.load(overrides))
    template_calls.init_app(app)
    live.add_blocks(app)
    shared = lifecycle, db, compression, prefix, security, static_files, sentences
    for part in (*shared, indentation, fragments, links, template_cache, accounts, courses):
        part.init_app(app)
    options: dict[str, Any] = {"locate_needs_context": False, "async_mode": concurrency.mode(), "explain": explain}
    presence = Presence(app, SocketIO(), identify, partial(locate, app), **options)
    _connect(app, presence)
    live.init_app(app, presence)
    health.init_app(app, Collector(presence.node), lambda: presence.state)
    logs.init_app(app)
    classmates.init_app(app, live.forget_simulated)
    classroom.init_app(app, live.CLASS_PANELS, live.CLASS_MARKS)
    replay.init_app(app)
    security.wrap_wsgi(app)
    return app


def identify() -> User | None:
    """The user of this request, for presence; None for a guest."""
    if found := session_user():
        return as_present(found)
    return as_present(current_user) if current_user.is_authenticated else None


def as_present(user: accounts.User | SessionUser) -> User:
    """An account as a user of presence."""
    return User(
        id=str(user.id),
        name=user.name,
        avatar=user.avatar,
        role="simulated" if user.simulated else user.role,
        visibility=cast(Visibility, user.visibility),
        alias=user.alias,
        flag=user.flag,
        revision=user.revision,
        session=user.session or "",
    )


def locate(app: Flask, path: str) -> Place | None:
    """The place at a path of the catalog, with the lessons before and after it."""
    catalog = courses.catalog_of(app)
    if catalog.find(path) is None:
        return None
    return Place(path, *catalog.neighbours(path))


def _connect(app: Site, presence: Presence) -> None:
    """Let presence hear what accounts announce, and start and stop with the serving process."""

    def profile_changed(_app: Flask, user: accounts.User) -> None:
        presence.profile_changed(as_present(user))

    def signed_out(_app: Flask, user_id: int, session: str | None, keep: str | None, reason: str) -> None:
        presence.sign_out(str(user_id), session, keep, reason)

    app.receivers += [profile_changed, signed_out]
    accounts.profile_changed.connect(profile_changed, sender=app)
    accounts.signed_out.connect(signed_out, sender=app)
    hooks = lifecycle.of(app)
    hooks.on_start.append(presence.start)
    hooks.on_stop.append(presence.stop)


def main() -> None:
    """Serve the site until it is interrupted."""
    arguments = parse_arguments(classmates.MOST)
    given = {name: value for name, value in vars(arguments).items() if name.isupper() and value}
    try:
        with replay.settings(arguments.replay) as settings:
            _serve(create_app({**settings, **given}), arguments)
    except (config.ConfigError, courses.CatalogError, BindError) as error:
        sys.exit(str(error))


def _serve(app: Flask, arguments: argparse.Namespace) -> None:
    concurrency.require(app.config["SOCKETIO_ASYNC_MODE"])
    logs.configure(app.config["LOG_FORMAT"])
    _prepare(app)
    if arguments.replay:
        replay.begin(app, arguments.replay, arguments.speed, arguments.once)
    with ExitStack() as stack:

        def on_listening() -> None:
            print(_startup_message(app), flush=True)
            if arguments.classmates:
                stack.enter_context(classmates.alongside(app, arguments.classmates))

        serve(app, on_listening)


def _startup_message(app: Flask) -> str:
    host, port = app.config["HOST"], app.config["PORT"]
    lines = [f"The site is at http://{host if ':' not in host else f'[{host}]'}:{port}"]
    with app.app_context():
        if sentence := accounts.sample_users.state_in_words():
            lines.append(sentence)
    return "\n".join([*lines, "Stop it with Ctrl-C."])


def _prepare(app: Flask) -> None:
    """Make the missing tables and sample users, and print their names."""
    with app.app_context():
        for done in db.create_tables():
            print(done)
        if accounts.sample_users.may_sign_in() and (loaded := accounts.sample_users.load()):
            print(f"Loaded the sample users {', '.join(loaded)}.")
    for warning in courses.warnings(app):
        print(f"Warning: {warning}")


if __name__ == "__main__":
    main()
