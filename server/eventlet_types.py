"""The base class of the mixins for eventlet's HTTP protocol, for type checkers alone: eventlet declares no types."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    class HttpProtocol(BaseHTTPRequestHandler):
        """The part of `eventlet.wsgi.HttpProtocol` that the mixins use."""

        application: WSGIApplication
        environ: WSGIEnvironment | None
        raw_requestline: bytes

        def _read_request_line(self) -> str: ...
        def get_environ(self) -> WSGIEnvironment: ...
        def handle_one_response(self) -> None: ...
else:
    HttpProtocol = object
