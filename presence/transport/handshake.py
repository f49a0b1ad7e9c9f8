"""Decides who may open a socket.

A guest is answered before the upgrade, because a refused socket would hold its place in the server for as long as it
answers pings. The user of a handshake is asked for twice: before the upgrade, and when the socket connects, some
milliseconds later. The query is the most expensive part of a connection, so an answer is used for a second, unless
a sign-out or a profile change has come since.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from flask import Flask

from ..core.people import User
from .rate_limit import TRANSPORTS_OF_ONE_USER

logger = logging.getLogger("presence")

CANNOT_CHECK = b"The server cannot check your sign-in now. Try again."
OTHER_WEBSOCKET = b"WebSocket version 13 (RFC 6455) only."
NO_HANDSHAKE = b"This is not a WebSocket handshake (RFC 6455)."
TOO_MANY = b"Too many connections are open. Close one and try again."
FRESH_SECONDS = 1.0
KEY = "presence.user"
WEBSOCKET_VERSION = "13"
# 16 bytes in base64.
KEY_OF_CLIENT = re.compile("[A-Za-z0-9+/]{21}[AQgw]==")

Environ = dict[str, Any]
StartResponse = Any
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class Authenticator:
    """Asks the site for the user of a handshake, and keeps the answer for a moment."""

    def __init__(self, app: Flask, identify: Callable[[], User | None]) -> None:
        self._app, self._identify = app, identify
        self._generation = 0

    def invalidate(self) -> None:
        """Ask again from now on: a sign-in or a profile has changed."""
        self._generation += 1

    def user(self, environ: Environ) -> User | None:
        """The user of a WSGI environment, None for a guest. An answer overtaken while it is given is asked for anew."""
        user: User | None
        user, generation, at = environ.get(KEY, (None, -1, 0.0))
        while generation != self._generation or monotonic() - at > FRESH_SECONDS:
            generation, at = self._generation, monotonic()
            context = self._app.request_context(environ)
            # A handshake is not a page: to look for its route would cost a tenth of the answer.
            context.url_adapter = None
            with context:
                user = self._identify()
        environ[KEY] = user, generation, at
        return user


class HandshakeMiddleware:
    """WSGI middleware around the whole site; it looks at requests to the Socket.IO path only."""

    def __init__(self, wsgi_app: WSGIApp, authenticator: Authenticator, path: str = "/socket.io") -> None:
        self._wsgi_app, self._authenticator, self._path = wsgi_app, authenticator, path
        self._open: Counter[str] = Counter()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Engine.IO takes every path that begins like its own.
        if not environ.get("PATH_INFO", "").startswith(self._path):
            return self._wsgi_app(environ, start_response)
        if "HTTP_UPGRADE" in environ and environ.get("HTTP_SEC_WEBSOCKET_VERSION") != WEBSOCKET_VERSION:
            # The server speaks an older draft too, which no guard would see.
            return _answer(start_response, "426 Upgrade Required", OTHER_WEBSOCKET)
        if "HTTP_UPGRADE" in environ and not _is_whole(environ):
            # The server would answer 500.
            return _answer(start_response, "400 Bad Request", NO_HANDSHAKE)
        # permessage-deflate would cost twice the CPU and 100 KB a connection.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        try:
            user = self._authenticator.user(environ)
        except Exception:
            logger.exception("A sign-in could not be checked.")
            return _answer(start_response, "503 Service Unavailable", CANNOT_CHECK)
        return self._admit(user, environ, start_response)

    def _admit(self, user: User | None, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if user is None:
            return _answer(start_response, "401 Unauthorized", b"login required")
        if self._open[user.id] >= TRANSPORTS_OF_ONE_USER:
            return _answer(start_response, "429 Too Many Requests", TOO_MANY)
        self._open[user.id] += 1
        try:
            # Returns when the WebSocket has closed.
            return self._wsgi_app(environ, start_response)
        finally:
            self._open[user.id] -= 1
            if not self._open[user.id]:
                del self._open[user.id]


def _is_whole(environ: Environ) -> bool:
    """Whether a handshake has what RFC 6455 asks for beside its version."""
    options = [option.strip() for option in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    is_upgrade = environ["REQUEST_METHOD"] == "GET" and "upgrade" in options
    return is_upgrade and KEY_OF_CLIENT.fullmatch(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")) is not None


def _answer(start_response: StartResponse, status: str, body: bytes) -> Iterable[bytes]:
    # A client that is refused a WebSocket needs the connection for nothing else.
    fields = {"Content-Type": "text/plain", "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    if status.startswith("426"):
        fields["Sec-WebSocket-Version"] = WEBSOCKET_VERSION
    start_response(status, [*fields.items(), ("Connection", "close")])
    return [body]
