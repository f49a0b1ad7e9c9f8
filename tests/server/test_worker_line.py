"""The line for the threads: addresses take turns, none waits for ever, and no worker is lost."""

import pytest
from greenlet import GreenletExit, greenlet

from server import worker_line as module
from server.worker_line import WorkerLine
from tests.server.test_scheduler import Loop


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def line(loop):
    return WorkerLine(loop, 1)


@pytest.fixture
def log():
    return []


@pytest.fixture
def call_of(loop, line, log):
    """Starts a call that holds a worker until it is switched to again."""
    calls = []

    def start(address):
        def run():
            with line.worker(address) as granted:
                log.append(address if granted else f"{address} refused")
                if granted:
                    loop.switch()

        # A greenlet that is collected ends.
        calls.append(greenlet(run))
        calls[-1].switch()
        return calls[-1]

    return start


def test_one_call_runs_at_a_time_and_addresses_take_turns(loop, call_of, log):
    first, *flood = [call_of("flood") for _ in range(4)]
    other = call_of("b")
    assert log == ["flood"]
    for call in (first, flood[0], other):
        call.switch()
        loop.round()
    assert log == ["flood", "flood", "b", "flood"]


def test_a_call_that_has_waited_too_long_is_refused_and_the_next_one_is_not(loop, line, call_of, log):
    first = call_of("a")
    call_of("a")
    loop.now = module.MAX_WAIT_SECONDS - 1
    call_of("a")
    loop.now = module.MAX_WAIT_SECONDS
    loop.round()
    assert log == ["a", "a refused"]
    first.switch()
    loop.round()
    assert log == ["a", "a refused", "a"]
    assert (line.refused, len(line)) == (1, 0)


def test_when_too_many_wait_the_newest_of_the_longest_line_goes(loop, line, call_of, log, monkeypatch):
    monkeypatch.setattr(line._queue, "_limit", 3)
    for address in ("flood", "flood", "flood", "flood", "b"):
        call_of(address)
    loop.round()
    assert log == ["flood", "flood refused"]
    assert len(line) == 3


def test_a_call_that_is_killed_takes_no_worker_along(loop, call_of, log):
    first, waiting, granted = (call_of("a") for _ in range(3))
    waiting.throw(GreenletExit)
    first.switch()
    granted.throw(GreenletExit)
    loop.round()
    call_of("b")
    assert log == ["a", "b"]
