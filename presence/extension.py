"""The Flask extension: makes the parts, and lets them act on one roster."""

import secrets
import time
from collections.abc import Callable
from threading import RLock

from . import events
from .change_log import LocalLog, Log
from .channel import Reception
from .core.changes import SIGNED_OUT, Change, Profile, SignOut
from .core.people import Keys, User
from .core.places import Place, topics_of
from .core.roster import Roster
from .delivery.broadcast import Broadcast
from .delivery.housekeeping import Upkeep
from .delivery.ticker import Ticker
from .pages import painter, views
from .pages.first_paint import FirstPaint
from .transport import frames, guards, handshake
from .transport.hub import Sockets
from .transport.identity import Identity

PING_SECONDS = 10
LARGEST_FRAME = 16_384


class Presence:
    """Presence on one Flask app; kept as `app.extensions["presence"]`.

    `clock` gives Unix seconds; a test may set it. `roster`, `sockets` and `broadcast` can be read by whoever measures.
    `effect` is what a change does to the roster; a recording puts itself before it.
    """

    def __init__(self, app=None, socketio=None, identify=None, locate=None, **options) -> None:
        self.clock: Callable[[], float] = time.time
        if app is not None:
            self.init_app(app, socketio, identify, locate, **options)

    def init_app(self, app, socketio, identify, locate, **options) -> None:
        """Wire presence to an app. `options` go to `SocketIO.init_app`, over the defaults that presence needs."""
        self.identify: Callable[[], User | None] = identify
        self.locate: Callable[[str], Place | None] = _in_context(app, locate)
        _start_socketio(app, socketio, options)
        self.identity = Identity(app, identify)
        self._make_parts(socketio.server, app.config["SECRET_KEY"], app.config.get("REDIS_URL"))
        events.register(socketio.server, self.reception)
        handshake.guard_messages(socketio.server, self.sockets)
        handshake.notice_transports(socketio.server, self.ticker.wake)
        guards.guard_frames(socketio.server.eio)
        app.wsgi_app = handshake.Gate(app.wsgi_app, self.identity)
        app.register_blueprint(views.blueprint)
        app.context_processor(lambda: {"first_paint": self.first_paint})
        app.extensions["presence"] = self

    def profile_changed(self, user: User) -> None:
        """A user's name, avatar, role, visibility or alias is another one from now on, in all their tabs."""
        self.append(Profile(user))

    def sign_out(self, user_id: str, session: str | None = None, keep: str | None = None, reason: str = SIGNED_OUT):
        """A sign-in has ended, or (session None) all of a user's but `keep`: their sockets are hung up at once."""
        self.append(SignOut(user_id, session, keep, reason))

    def append(self, change: Change) -> None:
        """Put a change into the log, and tell what is to be told at once."""
        self.log.append(change)
        self.settle()

    def settle(self) -> None:
        """Tell at once what may be told at once of what has just taken effect."""
        with self.lock:
            self.broadcast.publish()
        self.broadcast.drain()
        self.ticker.wake()

    def apply(self, change: Change, at: float) -> None:
        """A change takes effect, made `at` Unix seconds. The log calls it, in its order."""
        with self.lock:
            self.roster.expire(at)
            self.effect(change, at)
            farewells = self.reception.notice(change)
        self.reception.see_out(farewells)

    def notice(self, change: Change) -> None:
        """Let the sockets here feel what a change means for them."""
        with self.lock:
            farewells = self.reception.notice(change)
        self.reception.see_out(farewells)

    def ask_again(self) -> None:
        """Something may have been missed: ask the site again who is at the sockets here, without waiting for it."""
        if len(self.sockets):
            self.server.start_background_task(self.reception.ask_again)

    def pause(self, paused: bool) -> None:
        """The log is away: what is shown may be old. Or it is back."""
        self.reception.pause(paused)

    def tick(self) -> None:
        """Do what is due now. The ticker calls it; a test may."""
        with self.lock:
            if not self.log.away:
                self.roster.expire(self.log.now())
            self.broadcast.publish(largest_audience=float("inf"))
        self.broadcast.drain(self.ticker.pause)
        self.upkeep.look_after(self.clock())

    def states(self, path: str) -> list[dict]:
        """The `presence_state` payloads of the topics of a place, outermost first."""
        with self.lock:
            self.broadcast.publish()
            states = [self.roster.topic(topic).state() for topic in topics_of(path)]
        self.broadcast.drain()
        return states

    def first_paint(self, path: str) -> FirstPaint:
        """Presence for the page at a place, for whoever sends this request, with the numbers of its whole course."""
        return painter.first_paint(self, self.locate(path) or Place(""))

    def _make_parts(self, server, secret: str | bytes, redis_url: str | None) -> None:
        def clock() -> float:
            return self.clock()

        self.server, self.node = server, secrets.token_hex(4)
        self.lock = RLock()
        self.keys = Keys(secret.encode() if isinstance(secret, str) else secret)
        self.roster = Roster(self.keys, self.node)
        self.effect = self.roster.apply
        self.sockets = Sockets(server)
        self.broadcast = Broadcast(self.roster, self.sockets, clock)
        self.log: Log = self._shared_log(server, redis_url) if redis_url else LocalLog(self.apply, clock)
        self.reception, self.upkeep = Reception(self), Upkeep(self)
        self.ticker = Ticker(server, self.tick, self._next_at, clock)

    def _shared_log(self, server, url: str) -> Log:
        # Whoever lifts this package for one process needs no Redis client.
        from .cluster.redis_log import RedisLog

        return RedisLog(self, server, url)

    def _next_at(self) -> float | None:
        with self.lock:
            if not len(self.sockets) and not self.roster.connections and not self.sockets.unfinished():
                return None
            moments = [moment for moment in (self.broadcast.next_due(), self._next_expiry()) if moment is not None]
            return min(moments, default=float("inf"))

    def _next_expiry(self) -> float | None:
        expiry = self.roster.next_expiry()
        # The log keeps another time than we do.
        return None if expiry is None or self.log.away else self.clock() + expiry - self.log.now()


def _in_context(app, locate):
    """`locate` as events may call it: without a request, but where the app's database and extensions can be reached."""

    def located(path):
        with app.app_context():
            return locate(path)

    return located


def _start_socketio(app, socketio, options: dict) -> None:
    defaults = {
        "transports": ["websocket"],
        "ping_interval": PING_SECONDS,
        "ping_timeout": PING_SECONDS,
        "max_http_buffer_size": LARGEST_FRAME,
        "async_handlers": False,
        "json": frames,
    }
    socketio.init_app(app, **{**defaults, **options})
