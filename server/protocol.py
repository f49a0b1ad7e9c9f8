"""Eventlet's HTTP protocol with this site's limits, one object per connection; imported by server/serve.py only."""

from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from ipaddress import IPv6Address
from socket import SHUT_WR
from typing import TYPE_CHECKING, Any, cast
from wsgiref.types import StartResponse, WSGIEnvironment

from . import quick_head, strict_http
from .environment import EnvironmentProtocol
from .eventlet_types import HttpProtocol
from .head_reader import MAX_LINE_BYTES, HeadAmbiguous, HeadReader, HeadTooLarge
from .one_piece_writer import OnePieceWriter
from .request_timeouts import MAX_BODIES, MAX_HEADS, MAX_RESPONSES, RESPONSE_SECONDS, PendingRequests, TimeoutProtocol
from .scheduler import Scheduler

if TYPE_CHECKING:
    from _typeshed import OptExcInfo

LINGER_SECONDS = 5
LINGER_BYTES = 32 * 1024 * 1024
PIECE = 64 * 1024


def make_protocol(hub: Any, wsgi: Any, scheduler: Scheduler) -> type:
    """The class that eventlet's WSGI server, the module `wsgi`, instantiates for each connection."""
    waits = {"heads": MAX_HEADS, "bodies": MAX_BODIES, "open_responses": MAX_RESPONSES}
    limits = {name: PendingRequests(hub.schedule_call_global, limit) for name, limit in waits.items()}
    bases = FairProtocol, TimeoutProtocol, EnvironmentProtocol, wsgi.HttpProtocol
    return type("Protocol", bases, {"scheduler": scheduler, "make_input": wsgi.Input, **limits})


class FairProtocol(HttpProtocol):
    """Mixin for `eventlet.wsgi.HttpProtocol`: a request waits for its turn before its head is parsed."""

    scheduler: Scheduler
    bodies: PendingRequests
    open_responses: PendingRequests
    has_unread_body = False
    # A thousand connections may wait. Eventlet's buffers (16 KB out, 8 KB in) would be most of what each holds.
    rbufsize = wbufsize = 2048

    def setup(self) -> None:
        super().setup()
        self.wfile = OnePieceWriter(cast(BufferedWriter, self.wfile).detach(), self.wbufsize)

    def _read_request_line(self) -> str:
        line = super()._read_request_line()
        if len(line) < MAX_LINE_BYTES:
            return line
        # Eventlet's own refusal has no words, and closes at once: what the client still sends would reset it.
        self._refuse(strict_http.unreadable(414))
        return ""

    def parse_request(self) -> bool:
        # Pipelined requests never wait for data, so without this one connection would run forever.
        if not self.scheduler.take(self.client_address[0]):
            return self._refuse(strict_http.BUSY)
        if not (self._parse_quickly() or self._parse_with_care()):
            return False
        refusal = strict_http.refusal(self.headers)
        return self._refuse(refusal) if refusal else True

    def _parse_quickly(self) -> bool:
        """Parse an ordinary head. False, with nothing read, for any other."""
        line = quick_head.read_request_line(self.raw_requestline)
        # Eventlet's reader of the head, which counts, is around the stream.
        headers = quick_head.read_headers(cast(Any, self.rfile).fp) if line else None
        if not line or not headers:
            return False
        self.requestline = " ".join(line)
        self.command, self.path, self.request_version = line
        self.headers = cast(Any, headers)
        wish = (headers.get("connection") or "").lower()
        self.close_connection = wish == "close" or (wish != "keep-alive" and line[2] == "HTTP/1.0")
        return True

    def _parse_with_care(self) -> bool:
        head = HeadReader(self.rfile)
        # Eventlet gives the old reader back.
        self.rfile = cast(BufferedReader, head)
        try:
            if not super().parse_request():
                return False
        except HeadTooLarge:
            return self._refuse(strict_http.unreadable(431))
        except HeadAmbiguous:
            return self._refuse(strict_http.AMBIGUOUS)
        if not head.is_whole:
            # The client has gone.
            self.close_connection = True
            return False
        return True

    def get_environ(self) -> WSGIEnvironment:
        environ = super().get_environ()
        environ["REMOTE_ADDR"] = unmapped(environ["REMOTE_ADDR"])
        return environ

    def handle_one_response(self) -> None:
        application = self.application
        self.application = lambda environ, start: application(environ, self._starter(start))
        try:
            super().handle_one_response()
        finally:
            self.application = application

    def finish(self) -> None:
        if self.has_unread_body:
            with suppress(OSError):
                self._linger()
        super().finish()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a head that the library cannot parse. Its own page would echo the head and name our versions."""
        self._refuse(strict_http.unreadable(code))

    def _refuse(self, response: bytes) -> bool:
        self.wfile.write(response)
        self.close_connection, self.has_unread_body = True, True
        return False

    def _starter(self, start: StartResponse) -> StartResponse:
        """Close the connection when the application asks for it, which eventlet ignores, or a body was not read."""

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None
        ) -> Callable[[bytes], object]:
            body = cast(WSGIEnvironment, self.environ)["eventlet.input"]
            self.has_unread_body = body.position < (body.content_length or 0)
            if self.has_unread_body or ("Connection", "close") in headers:
                self.close_connection = True
                headers = [header for header in headers if header[0] != "Connection"]
            # A client that does not read keeps its response here; of too many, the oldest goes.
            self.open_responses.begin(self.connection, RESPONSE_SECONDS)
            return start(status, headers, exc_info)

        return start_response

    def _linger(self) -> None:
        """Discard what the client still sends. Closing at once would reset the connection and lose the response."""
        self.wfile.flush()
        self.connection.shutdown(SHUT_WR)
        self.bodies.begin(self.connection, LINGER_SECONDS)
        left = LINGER_BYTES
        while left > 0 and (piece := self.connection.recv(PIECE)):
            left -= len(piece)
            self.scheduler.take(self.client_address[0])


def unmapped(address: str) -> str:
    """The IPv4 address of a visitor to a socket that listens on `::`; any other address as it is."""
    if not address.startswith("::ffff:"):
        return address
    return str(IPv6Address(address).ipv4_mapped or address)
