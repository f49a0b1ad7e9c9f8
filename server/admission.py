"""WSGI middleware that lets pages into the app one after the other; sockets pass.

A page's body is read before the page takes its turn, so that a slow sender holds nothing that others need. A larger one
(an upload) is read by the view, which steps aside for each piece.
"""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from ipaddress import ip_network
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

from .scheduler import Scheduler

SMALL_BODY = 64 * 1024
PIECE = 64 * 1024
SENTENCE = b"<!doctype html><title>Busy</title><h1>Busy</h1><p>The site is busy. Please try again in a moment.</p>\n"
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "5"), ("Content-Length", str(len(SENTENCE)))]


class Admission:
    """Calls `app` for one page at a time. `proxies`: how many trusted proxies name the visitor's address."""

    def __init__(self, app: WSGIApplication, scheduler: Scheduler, proxies: int) -> None:
        self._app, self._scheduler, self._proxies = app, scheduler, proxies

    @property
    def pages_open(self) -> int:
        return self._scheduler.in_progress + self._scheduler.waiting

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_handshake(environ):
            return self._app(environ, start_response)
        address = client_address(environ, self._proxies)
        if not self._prepare_body(environ):
            start_response("400 Bad Request", [("Connection", "close"), ("Content-Length", "0")])
            return [b""]
        with self._scheduler.page(address) as admitted:
            if admitted:
                return self._app(environ, start_response)
        start_response("503 Service Unavailable", HEADERS)
        return [SENTENCE]

    def _prepare_body(self, environ: WSGIEnvironment) -> bool:
        """Read a small body. False when it broke off: no page is made, and waits, for a client that has gone."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > SMALL_BODY:
            environ["wsgi.input"] = SteppedInput(environ["wsgi.input"], self._scheduler)
        elif length:
            body = environ["wsgi.input"].read(length)
            environ["server.body_is_read"]()
            environ["wsgi.input"] = BytesIO(body)
            return len(body) == length
        return True


class SteppedInput:
    """The body of an upload. Other pages have their turn while a piece is awaited."""

    def __init__(self, stream: InputStream, scheduler: Scheduler) -> None:
        self._stream, self._scheduler = stream, scheduler

    def read(self, size: int = -1) -> bytes:
        with self._scheduler.aside():
            return self._stream.read(min(size, PIECE) if size >= 0 else PIECE)


def is_handshake(environ: WSGIEnvironment) -> bool:
    """Whether this may become a WebSocket, which would hold a place for as long as it is open."""
    return environ["PATH_INFO"].startswith("/socket.io") and "websocket" in environ.get("HTTP_UPGRADE", "").lower()


def client_address(environ: WSGIEnvironment, proxies: int) -> str:
    """The visitor's address, as the last trusted proxy saw it; for IPv6 the network, which is all one visitor's."""
    address = environ.get("REMOTE_ADDR", "")
    if proxies:
        named = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = named[-proxies].strip() if len(named) >= proxies else address
    return _network(address)


@lru_cache(4096)
def _network(address: str) -> str:
    try:
        return str(ip_network((address, 64), strict=False)) if ":" in address else address
    except ValueError:
        return "unknown"
