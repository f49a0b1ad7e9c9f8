"""The WSGI environment of a request, as eventlet makes it, for a third of the CPU.

Eventlet asks the listening socket and the headers for parts that they do not have, and makes each key anew. Every open
WebSocket keeps its environment, so the keys that all have in common are shared, and the unparsed headers are left out.
"""

import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote
from wsgiref.types import WSGIEnvironment

from .eventlet_types import HttpProtocol

COMMON = {
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
    "SCRIPT_NAME": "",
    "SERVER_PROTOCOL": "HTTP/1.0",
    "GATEWAY_INTERFACE": "CGI/1.1",
}
CONTINUE = b"HTTP/1.1 100 Continue\r\n"
IDLE = "idle"
"""Eventlet's mark of a connection that has nothing in progress."""


class EnvironmentProtocol(HttpProtocol):
    """Mixin for `eventlet.wsgi.HttpProtocol`. `make_input` is eventlet's class of a request's body."""

    make_input: Callable[..., Any]
    conn_state: list[Any]

    def get_environ(self) -> WSGIEnvironment:
        path, mark, query = self.path.partition("?")
        server, client = self.connection.getsockname(), self.client_address
        environ: WSGIEnvironment = {
            **COMMON,
            "wsgi.errors": sys.stderr,
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote(path, "latin-1"),
            "CONTENT_TYPE": self.headers.get("content-type", "text/plain"),
            "SERVER_NAME": server[0],
            "SERVER_PORT": str(server[1]),
            "REMOTE_ADDR": client[0],
            "REMOTE_PORT": str(client[1]),
            "eventlet.posthooks": [],
            "eventlet.set_idle": self._set_idle,
        }
        if mark:
            environ["QUERY_STRING"] = query
        self._add_headers(environ)
        self._add_body(environ)
        return environ

    def _add_headers(self, environ: WSGIEnvironment) -> None:
        for name, value in self.headers.items():
            if not (key := _key(name)):
                continue
            value = value.strip(" \t")
            environ[key] = f"{environ[key]},{value}" if key in environ else value

    def _add_body(self, environ: WSGIEnvironment) -> None:
        length = self.headers.get("content-length")
        if length:
            environ["CONTENT_LENGTH"] = length
        answer = {}
        if environ.get("HTTP_EXPECT", "").lower() == "100-continue":
            answer = {"wfile": self.wfile, "wfile_line": CONTINUE}
        body = self.make_input(self.rfile, length or 0, self.connection, **answer)
        environ["wsgi.input"] = environ["eventlet.input"] = body

    def _set_idle(self) -> None:
        self.conn_state[2] = IDLE


@lru_cache(512)
def _key(name: str) -> str | None:
    """The key of a header; None for those with a key of their own, and for names that could pass for others."""
    key = name.replace("-", "_").upper()
    # With an underscore, the name could not be told from the one with a hyphen.
    return None if "_" in name or key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
