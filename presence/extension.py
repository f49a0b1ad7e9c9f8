"""The Flask extension: the public API, and the wiring of one node to an app."""

from collections.abc import Callable
from typing import Any

import socketio
from flask import Flask
from flask_socketio import SocketIO

from . import events, lifecycle
from .change_log import ChangeLog
from .channel import Channel
from .core.changes import SIGNED_OUT, Profile, SignOut
from .core.clock import anchored
from .core.payloads import State
from .core.people import Keys, User
from .core.places import Place
from .core.roster import Roster
from .delivery.ticker import Ticker
from .node import Node
from .pages.client_files import ClientFiles
from .pages.first_paint import FirstPaint
from .pages.views import Pages
from .rooms.loader import Loader
from .rooms.service import Rooms
from .transport import guards, socketio_options
from .transport.handshake import Authenticator, HandshakeMiddleware


class Presence:
    """Presence on one Flask app; kept as `app.extensions["presence"]`.

    `clock` gives Unix seconds that never step; a test may set it. `node` is all that this process has of presence, and
    may be read for metrics; `roster` (guarded by `node.lock`), `log`, `rooms` and `ticker` are parts of it.
    """

    node: Node
    channel: Channel

    def __init__(
        self,
        app: Flask | None = None,
        socketio: SocketIO | None = None,
        identify: Callable[[], User | None] | None = None,
        locate: Callable[[str], Place | None] | None = None,
        **options: Any,
    ) -> None:
        self.clock: Callable[[], float] = anchored()
        if app is not None and socketio is not None and identify is not None and locate is not None:
            self.init_app(app, socketio, identify, locate, **options)

    def init_app(
        self,
        app: Flask,
        socketio: SocketIO,
        identify: Callable[[], User | None],
        locate: Callable[[str], Place | None],
        locate_needs_context: bool = True,
        explain: Callable[[Exception], str | None] | None = None,
        **options: Any,
    ) -> None:
        """Wire presence to an app. `options` go to `SocketIO.init_app`, over the defaults that presence needs.

        An app's context costs a tenth of what an event does: a `locate` that needs none can say so. `explain` returns a
        sentence for an error of the site's own code that is no bug, such as a database that is away.
        """
        socketio.init_app(app, **socketio_options.complete(options))
        authenticator, secret = Authenticator(app, identify), app.config["SECRET_KEY"]
        keys = Keys(secret.encode() if isinstance(secret, str) else secret)
        redis_url, loader = app.config.get("REDIS_URL"), Loader(app)
        self.node = Node(socketio.server, authenticator, keys, lambda: self.clock(), redis_url, loader)
        located = _in_context(app, locate) if locate_needs_context else locate
        self.channel, self._pages = Channel(self.node, located, explain), Pages(self.node, identify, located)
        guards.install(socketio.server, self.node.writer.close, self.node.ticker.wake)
        events.register(socketio.server, self.channel)
        self._add_to(app)

    def _add_to(self, app: Flask) -> None:
        """Check handshakes before the app gets them, and add the routes."""
        app.wsgi_app = HandshakeMiddleware(app.wsgi_app, self.node.authenticator)  # type: ignore[method-assign]
        app.register_blueprint(self._pages.blueprint())
        app.register_blueprint(ClientFiles().blueprint())
        app.extensions["presence"] = self

    def start(self) -> None:
        """Wait until the roster is complete. For a server to call before it accepts connections."""
        lifecycle.start(self.node)

    def stop(self) -> None:
        """Hang up all sockets. For a server to call before it ends: it would wait for them."""
        lifecycle.stop(self.node)

    @property
    def state(self) -> lifecycle.State:
        return lifecycle.state(self.node)

    def profile_changed(self, user: User) -> None:
        """Publish a user's new name, avatar, role, visibility or alias, in all their tabs."""
        self.node.append(Profile(user))

    def sign_out(
        self, user_id: str, session: str | None = None, keep: str | None = None, reason: str = SIGNED_OUT
    ) -> None:
        """Hang up the sockets of a sign-in that has ended, or (session None) of all the user's sign-ins but `keep`."""
        self.node.append(SignOut(user_id, session, keep, reason))

    def states(self, path: str) -> list[State]:
        """The `presence_state` payloads of the topics of a place, outermost first."""
        return self.node.states(path)

    def first_paint(self, path: str) -> FirstPaint:
        """Presence for the page at a place and the user who requests it, with the numbers of its whole course."""
        return self._pages.first_paint(path)

    def tick(self) -> None:
        """Do what is due now. A test that moves the clock calls it."""
        self.node.tick()

    @property
    def log(self) -> ChangeLog:
        return self.node.log

    @property
    def roster(self) -> Roster:
        return self.node.roster

    @property
    def rooms(self) -> Rooms:
        return self.node.rooms

    @property
    def server(self) -> socketio.Server:
        return self.node.server

    @property
    def ticker(self) -> Ticker:
        return self.node.ticker


def of(app: Flask) -> Presence:
    """The presence of an app."""
    presence: Presence = app.extensions["presence"]
    return presence


def _in_context(app: Flask, locate: Callable[[str], Place | None]) -> Callable[[str], Place | None]:
    """Make `locate` callable by events: without a request, but where the app's database and extensions are reached."""

    def located(path: str) -> Place | None:
        with app.app_context():
            return locate(path)

    return located
