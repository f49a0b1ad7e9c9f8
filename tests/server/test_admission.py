"""The requests that the middleware lets pass, the turns of pages, and the reading of bodies."""

from contextlib import contextmanager
from io import BytesIO

import pytest

from server import admission


class EmptyScheduler:
    """Admits all pages, or none."""

    def __init__(self, admits=True):
        self.admits, self.addresses, self.asides = admits, [], 0

    @contextmanager
    def page(self, address):
        self.addresses.append(address)
        yield self.admits

    @contextmanager
    def aside(self):
        self.asides += 1
        yield


def ask(scheduler, body=b"", proxies=0, **environ):
    """The status and what the app read of the body."""
    statuses, bodies = [], []

    def app(environ, start_response):
        stream, pieces = environ["wsgi.input"], []
        while piece := stream.read(1 << 20):
            pieces.append(piece)
        bodies.append(pieces)
        start_response("200 OK", [])
        return []

    environ = {
        "PATH_INFO": "/",
        "REMOTE_ADDR": "10.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "server.body_is_read": lambda: bodies.append("read"),
        **environ,
    }
    admission.Admission(app, scheduler, proxies)(environ, lambda status, headers: statuses.append(status))
    return statuses[0], bodies


def test_a_page_that_is_not_admitted_is_told_to_come_back():
    status, bodies = ask(EmptyScheduler(admits=False))
    assert status == "503 Service Unavailable"
    assert bodies == []


def test_a_small_body_is_read_before_the_page_takes_its_turn():
    scheduler = EmptyScheduler(admits=False)
    assert ask(scheduler, b"x" * 1000)[1] == ["read"]
    scheduler.admits = True
    assert ask(scheduler, b"x" * 1000) == ("200 OK", ["read", [b"x" * 1000]])
    assert scheduler.asides == 0


def test_no_page_is_made_for_a_client_that_has_gone_in_the_middle_of_its_body():
    scheduler = EmptyScheduler()
    assert ask(scheduler, b"x" * 1000, CONTENT_LENGTH="1001") == ("400 Bad Request", ["read"])
    assert scheduler.addresses == []


def test_a_large_body_is_read_in_pieces_aside_from_other_pages():
    scheduler = EmptyScheduler()
    _status, (pieces,) = ask(scheduler, b"x" * 200_000)
    assert b"".join(pieces) == b"x" * 200_000
    assert max(map(len, pieces)) <= admission.PIECE
    assert scheduler.asides == len(pieces) + 1


@pytest.mark.parametrize(
    ("path", "upgrade", "is_page"),
    [
        ("/socket.io/", "websocket", False),
        ("/socket.io", "WebSocket", False),
        ("/courses/socket.io/", "websocket", True),
        ("/socket.iota", "websocket, x", False),
        ("/socket.io/", "", True),
        ("/courses/", "websocket", True),
    ],
)
def test_what_may_become_a_websocket_holds_no_place_for_pages(path, upgrade, is_page):
    scheduler = EmptyScheduler()
    ask(scheduler, PATH_INFO=path, HTTP_UPGRADE=upgrade)
    assert bool(scheduler.addresses) is is_page


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "address"),
    [
        (0, "1.2.3.4", "10.0.0.1", "10.0.0.1"),
        (1, "1.2.3.4", "10.0.0.1", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "10.0.0.1", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.6.7.8", "10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (0, "", "2001:db8::1", "2001:db8::/64"),
        (1, "not:an:address", "10.0.0.1", "unknown"),
    ],
)
def test_a_page_takes_the_turn_of_its_visitor(proxies, forwarded, peer, address):
    scheduler = EmptyScheduler()
    ask(scheduler, proxies=proxies, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert scheduler.addresses == [address]
