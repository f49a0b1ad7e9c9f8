"""The site's app class."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from werkzeug.routing import MapAdapter

# Of Socket.IO, which takes every path below it, and none beside it.
SOCKETS = "/socket.io/"


class Site(Flask):
    """A Flask app without async functions. Flask asks that of each function that it calls, twenty times a page.

    A socket has no route: what would look for one is not made for its handshake.

    `receivers` of signals go when the app goes. Blinker holds them weakly; held by Blinker, they would keep the app.
    """

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self.receivers: list[Callable[..., None]] = []

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None and request.environ["PATH_INFO"].startswith(SOCKETS):
            return None
        return super().create_url_adapter(request)
