"""The time that a client may take over a request. tests/security tries it on the real server."""

import errno
from unittest.mock import Mock

import pytest

from server import request_timeouts
from server.request_timeouts import yield_between_accepts

LIMIT = 50


class Timer:
    def __init__(self, seconds, function, connection):
        self.seconds, self.fire, self.cancelled = seconds, lambda: function(connection), False

    def cancel(self):
        self.cancelled = True


class Connection:
    shut = False

    def shutdown(self, _how):
        if self.shut:
            raise OSError
        self.shut = True


@pytest.fixture
def timers():
    return []


@pytest.fixture
def pending(timers):
    def after(seconds, function, connection):
        timers.append(Timer(seconds, function, connection))
        return timers[-1]

    return request_timeouts.PendingRequests(after, LIMIT)


def test_a_connection_that_says_nothing_is_hung_up(pending, timers):
    connection = Connection()
    pending.begin(connection, 15)
    assert 15 <= timers[0].seconds <= 20
    timers[0].fire()
    assert connection.shut
    assert len(pending) == 0


def test_one_that_has_said_it_is_not(pending, timers):
    connection = Connection()
    pending.begin(connection, 15)
    pending.end(connection)
    pending.end(connection)
    assert timers[0].cancelled
    assert len(pending) == 0


def test_a_new_wait_replaces_the_old_one(pending, timers):
    connection = Connection()
    pending.begin(connection, 15)
    pending.begin(connection, 120)
    assert [timer.cancelled for timer in timers] == [True, False]
    assert len(pending) == 1


def test_of_too_many_the_one_that_has_waited_longest_goes(pending):
    connections = [Connection() for _ in range(LIMIT + 2)]
    for connection in connections:
        pending.begin(connection, 15)
    assert [connection.shut for connection in connections[:3]] == [True, True, False]
    assert len(pending) == LIMIT


def test_a_connection_that_is_closed_already_is_no_error(pending, timers):
    connection = Connection()
    connection.shut = True
    pending.begin(connection, 15)
    timers[0].fire()
    assert len(pending) == 0


def test_a_listening_socket_that_is_closed_ends_the_web_server_quietly():
    listening = Mock(accept=Mock(side_effect=OSError(errno.EBADF, "Bad file descriptor")))
    # eventlet.wsgi ends without a traceback at this one (ACCEPT_ERRNO).
    with pytest.raises(OSError, match=f"Errno {errno.ESHUTDOWN}"):
        yield_between_accepts(listening).accept()


def test_any_other_error_of_a_listening_socket_is_raised_as_it_is():
    listening = Mock(accept=Mock(side_effect=OSError(errno.EMFILE, "Too many open files")))
    with pytest.raises(OSError, match="Too many open files"):
        yield_between_accepts(listening).accept()
