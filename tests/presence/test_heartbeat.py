"""The heartbeat of all connections, on a clock that stands still."""

import pytest

from presence.transport.heartbeat import LOOK_SECONDS, TICK_SECONDS, Heartbeat
from presence.transport.websocket_server import END_SECONDS, Ends


class Connection:
    def __init__(self, answers=True):
        self.answers, self.pings, self.expired = answers, [], []
        self.pinged_at, self.is_answered, self.is_over, self.is_closing = 0.0, True, False, False

    def ping(self, now):
        self.pinged_at, self.is_answered = now, self.answers
        self.pings.append(now)

    def expire(self):
        self.expired.append(self.pinged_at)
        self.is_over = True


class Time:
    def __init__(self):
        self.now, self.tasks = 100.0, []

    def advance(self, heartbeat, seconds):
        for _ in range(round(seconds / TICK_SECONDS)):
            self.now += TICK_SECONDS
            heartbeat.look(self.now)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def heartbeat(time):
    return Heartbeat(8, 12, lambda: time.now, time.tasks.append, lambda seconds: None)


def test_a_connection_is_pinged_every_interval(time, heartbeat):
    connection = Connection()
    heartbeat.add(connection)
    time.advance(heartbeat, 41)
    assert [round(at - 100) for at in connection.pings] == [8, 16, 24, 32, 40]
    assert not connection.expired


def test_one_that_does_not_answer_is_ended_after_interval_and_timeout(time, heartbeat):
    connection = Connection(answers=False)
    heartbeat.add(connection)
    time.advance(heartbeat, 19)
    assert len(connection.pings) == 1
    assert not connection.expired
    time.advance(heartbeat, 1.5)
    assert len(connection.expired) == 1


def test_one_that_this_side_has_closed_is_ended_at_the_next_look(time, heartbeat):
    connection = Connection()
    heartbeat.add(connection)
    connection.is_closing = True
    time.advance(heartbeat, LOOK_SECONDS + TICK_SECONDS)
    assert len(connection.expired) == 1


def test_one_that_is_over_is_forgotten(time, heartbeat):
    connection = Connection()
    heartbeat.add(connection)
    connection.is_over = True
    time.advance(heartbeat, LOOK_SECONDS + TICK_SECONDS)
    assert len(heartbeat) == 0
    assert not connection.expired


def test_one_task_serves_all_and_ends_with_the_last(time, heartbeat):
    first = Connection()
    heartbeat.add(first)
    heartbeat.add(Connection())
    assert len(time.tasks) == 1
    first.is_over = True
    time.advance(heartbeat, 4 * LOOK_SECONDS)
    assert len(heartbeat) == 1


def test_connections_that_end_together_end_one_after_the_other(time):
    waits = []
    ends = Ends(waits.append, lambda: time.now)
    for _ in range(4):
        ends.wait()
    assert waits == pytest.approx([END_SECONDS, 2 * END_SECONDS, 3 * END_SECONDS])
    time.now += 1
    ends.wait()
    assert len(waits) == 3
