"""Timeouts of a request's head, its body and its response, for the eventlet WSGI server.

Eventlet limits the wait for each byte, so a client that sends one byte now and then keeps a connection forever. Here
the whole head, and then the whole body, must arrive in time, as with Go's ReadHeaderTimeout. When too many connections
wait for a request, the one that has waited longest is closed: a browser sends its request at once.
"""

import errno
import random
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from socket import SHUT_RDWR, socket
from typing import Any, Protocol
from wsgiref.types import WSGIEnvironment

from .eventlet_types import HttpProtocol

HEAD_SECONDS = 15
BODY_SECONDS = 120
RESPONSE_SECONDS = 900
MAX_HEADS = 500
MAX_BODIES = 100
MAX_RESPONSES = 200
ACCEPTS_BEFORE_YIELD = 5


class Timer(Protocol):
    def cancel(self) -> object: ...


class PendingRequests:
    """The connections that wait for their client, longest first, and the timers that close them."""

    def __init__(self, after: Callable[..., Timer], limit: int) -> None:
        """`after(seconds, function, *args)` schedules a call and returns a timer with `cancel()`."""
        self._after, self._limit = after, limit
        self._timers: OrderedDict[socket, Timer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._timers)

    def begin(self, connection: socket, seconds: float) -> None:
        self.end(connection)
        # Jitter, so that a burst of connections does not time out in one burst.
        spread = seconds * (1 + random.random() / 3)  # noqa: S311  no secret
        self._timers[connection] = self._after(spread, self._give_up, connection)
        if len(self._timers) > self._limit:
            self._give_up(next(iter(self._timers)))

    def end(self, connection: socket) -> None:
        if timer := self._timers.pop(connection, None):
            timer.cancel()

    def _give_up(self, connection: socket) -> None:
        self.end(connection)
        # The greenlet that reads from it sees the end of the stream, and cleans up.
        with suppress(OSError):
            connection.shutdown(SHUT_RDWR)


def yield_between_accepts(listening: socket) -> socket:
    """Make a listening socket yield after every few accepts, and end quietly when it is closed."""
    from eventlet import sleep

    accept, number = listening.accept, count(1)

    def accept_one() -> tuple[socket, Any]:
        # A yield costs a tenth of an accept.
        if next(number) % ACCEPTS_BEFORE_YIELD == 0:
            sleep(0)
        try:
            return accept()
        except OSError as error:
            if error.errno == errno.EBADF:
                # serve() has closed it. eventlet's web server ends at this error, and prints the other one.
                raise OSError(errno.ESHUTDOWN, "The site is stopping.") from None
            raise

    listening.accept = accept_one  # type: ignore[method-assign]
    return listening


class TimeoutProtocol(HttpProtocol):
    """Mixin for `eventlet.wsgi.HttpProtocol` that applies the timeouts. Needs the three attributes."""

    heads: PendingRequests
    bodies: PendingRequests
    # Not `responses`: in the library's base class that is the table of statuses.
    open_responses: PendingRequests

    def _read_request_line(self) -> str:
        self.open_responses.end(self.connection)
        self.heads.begin(self.connection, HEAD_SECONDS)
        return super()._read_request_line()

    def get_environ(self) -> WSGIEnvironment:
        # The head is complete. A request without a body, such as a WebSocket handshake, is complete too.
        self.heads.end(self.connection)
        if self.headers.get("content-length", "0") != "0":
            self.bodies.begin(self.connection, BODY_SECONDS)
        environ = super().get_environ()
        environ["server.body_is_read"] = lambda: self.bodies.end(self.connection)
        return environ

    def finish(self) -> None:
        self.heads.end(self.connection)
        self.bodies.end(self.connection)
        self.open_responses.end(self.connection)
        super().finish()
        # Break the reference cycle here: garbage collection is tuned to run rarely.
        self.environ = None

    def log_message(self, *_args: object) -> None:
        """Log nothing: a line for every bad request would let any client fill the disk, and would hold addresses."""
