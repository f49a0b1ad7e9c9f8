"""Header and body timeouts for the eventlet WSGI server; imported by server/serve.py only.

Eventlet bounds each wait for a byte, so one byte now and then keeps a connection for ever. Here a request's head and
its body have to be there within a time, and when too many connections wait for a request, the one that has waited
longest goes: whoever really wants a page says so at once.
"""

import random
from collections import OrderedDict
from contextlib import suppress
from itertools import count
from socket import SHUT_RDWR

HEAD_SECONDS = 15
BODY_SECONDS = 120
WAITING = 500
ACCEPTED_AT_A_TIME = 5


class Waiting:
    """The connections whose request is not there yet, longest first, and what hangs them up."""

    def __init__(self, after) -> None:
        """`after(seconds, function, *args)` calls later, and returns what has a `cancel()`."""
        self._after, self._timers = after, OrderedDict()

    def __len__(self) -> int:
        return len(self._timers)

    def begin(self, connection, seconds: float) -> None:
        self.end(connection)
        # Not all of a crowd that came in one moment leave in one moment: that would be felt by everybody.
        spread = seconds * (1 + random.random() / 3)  # noqa: S311  nobody gains by guessing it
        self._timers[connection] = self._after(spread, self._give_up, connection)
        if len(self._timers) > WAITING:
            self._give_up(next(iter(self._timers)))

    def end(self, connection) -> None:
        if timer := self._timers.pop(connection, None):
            timer.cancel()

    def _give_up(self, connection) -> None:
        self.end(connection)
        # The greenlet that reads from it meets the end of the stream, and cleans up.
        with suppress(OSError):
            connection.shutdown(SHUT_RDWR)


def in_turns(listening):
    """Let a listening socket accept a few connections at a time, and others have their turn in between."""
    from eventlet import sleep

    accept, number = listening.accept, count(1)

    def accept_one():
        # A turn costs as much as a tenth of letting somebody in.
        if next(number) % ACCEPTED_AT_A_TIME == 0:
            sleep(0)
        return accept()

    listening.accept = accept_one
    return listening


def protocol():
    """The class that eventlet's WSGI server shall make for each connection."""
    from eventlet import hubs, wsgi

    waiting = Waiting(hubs.get_hub().schedule_call_global)
    return type("Protocol", (Impatient, wsgi.HttpProtocol), {"waiting": waiting})


class Impatient:
    """What is different about it. To be mixed into `eventlet.wsgi.HttpProtocol`, with a `waiting`."""

    def _read_request_line(self):
        self.waiting.begin(self.connection, HEAD_SECONDS)
        return super()._read_request_line()

    def get_environ(self):
        # The head is there. A request without a body, as that for a WebSocket, is waited for no longer.
        self.waiting.end(self.connection)
        if self.headers.get("content-length", "0") != "0" or "transfer-encoding" in self.headers:
            self.waiting.begin(self.connection, BODY_SECONDS)
        return super().get_environ()

    def handle_one_response(self):
        application = self.application
        self.application = lambda environ, start: application(environ, self._starter(start))
        try:
            super().handle_one_response()
        finally:
            self.application = application

    def finish(self):
        self.waiting.end(self.connection)
        super().finish()
        # What holds itself waits for the collector, and that is told to be long in coming.
        self.environ = None

    def log_message(self, *_args):
        """Nothing: a line for every bad request would let anybody fill the disk, and it would hold addresses."""

    def _starter(self, start):
        """Eventlet does not heed it when the application wants a connection to close."""

        def start_response(status, headers, exc_info=None):
            if ("Connection", "close") in headers:
                self.close_connection = 1
                headers = [header for header in headers if header[0] != "Connection"]
            return start(status, headers, exc_info)

        return start_response
