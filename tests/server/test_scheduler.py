"""Turns in the rounds of an event loop. The hub and the clock here are moved by hand; greenlets are real."""

import pytest
from greenlet import getcurrent, greenlet

from server import pages_in_progress, rounds
from server import scheduler as module
from server.scheduler import Scheduler


class Timer:
    def __init__(self, due, function, arguments):
        self.due, self.run, self.cancelled = due, lambda: function(*arguments), False

    def cancel(self):
        self.cancelled = True


class Loop:
    """The part of eventlet's hub that the scheduler uses. A round runs the timers that are due, in order."""

    def __init__(self):
        self.now, self.timers, self.greenlet = 0.0, [], getcurrent()

    def clock(self):
        return self.now

    def schedule_call_global(self, seconds, function, *arguments):
        self.timers.append(Timer(self.now + seconds, function, arguments))
        return self.timers[-1]

    def switch(self):
        return self.greenlet.switch()

    def round(self):
        due = [timer for timer in self.timers if timer.due <= self.now and not timer.cancelled]
        self.timers = [timer for timer in self.timers if timer not in due and not timer.cancelled]
        for timer in due:
            if not timer.cancelled:
                timer.run()

    def rounds(self, count=50):
        for _ in range(count):
            self.round()


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def scheduler(loop):
    return Scheduler(loop, loop.clock)


@pytest.fixture
def log():
    return []


@pytest.fixture
def request_of(loop, scheduler, log):
    """Starts a request that takes some seconds of CPU once it has its turn."""

    def start(address, seconds=rounds.BUDGET_SECONDS):
        def run():
            if scheduler.take(address):
                log.append(address)
                loop.now += seconds
            else:
                log.append(f"{address} refused")

        greenlet(run).switch()

    return start


@pytest.fixture
def page_of(loop, scheduler, log):
    """Starts a page that waits for a lock until it is switched to again."""

    def start(address, aside=False):
        def run():
            with scheduler.page(address) as admitted:
                log.append(address if admitted else f"{address} refused")
                if aside:
                    with scheduler.aside():
                        loop.switch()
                elif admitted:
                    loop.switch()

        page = greenlet(run)
        page.switch()
        return page

    return start


def test_the_first_requests_of_a_round_run_at_once(request_of, log):
    for _ in range(3):
        request_of("a", 0.001)
    assert log == ["a"] * 3


def test_a_round_ends_when_its_budget_is_spent_and_the_next_rounds_belong_to_the_sockets(loop, request_of, log):
    for _ in range(5):
        request_of("a")
    assert len(log) == 1
    for done in (1, 2, 3, 4):
        loop.rounds(rounds.GAP_ROUNDS)
        assert len(log) == done
        loop.round()
        assert len(log) == done + 1


def test_a_flood_from_one_address_delays_another_by_one_turn(loop, request_of, log):
    for _ in range(200):
        request_of("flood")
    request_of("b")
    loop.rounds(12)
    assert "b" in log


def test_an_idle_scheduler_leaves_no_timer_behind(loop, request_of):
    request_of("a")
    loop.rounds(12)
    assert loop.timers == []


def test_a_request_that_has_waited_too_long_is_refused(loop, scheduler, request_of, log):
    request_of("a")
    request_of("slow", seconds=module.MAX_WAIT_SECONDS + 1)
    request_of("b")
    loop.rounds()
    assert log == ["a", "slow", "b refused"]
    assert scheduler.refused == 1


def test_when_too_many_wait_the_flood_is_refused(loop, scheduler, request_of, log):
    request_of("a")
    for _ in range(module.MAX_WAITING + 5):
        request_of("flood", 0)
    request_of("b", 0)
    loop.rounds(12)
    assert log.count("flood refused") >= 5
    assert "b" in log


def test_one_address_holds_only_some_of_the_places_for_pages(loop, page_of, log):
    pages = [page_of("a") for _ in range(pages_in_progress.MAX_PAGES_OF_ADDRESS + 3)]
    page_of("b")
    loop.rounds(12)
    assert log == ["a"] * pages_in_progress.MAX_PAGES_OF_ADDRESS + ["b"]
    pages[0].switch()
    loop.rounds(12)
    assert log.count("a") == pages_in_progress.MAX_PAGES_OF_ADDRESS + 1


def test_a_page_that_steps_aside_gives_up_its_place(loop, scheduler, page_of, log):
    pages = [page_of("a", aside=True) for _ in range(pages_in_progress.MAX_PAGES * 2)]
    assert len(log) == len(pages)
    assert scheduler.in_progress == 0
    for page in pages:
        page.switch()
    loop.rounds(12)
    assert scheduler.in_progress == 0
    assert all(page.dead for page in pages)


def test_a_page_without_a_place_is_refused_in_time(loop, scheduler, page_of, log):
    for _ in range(pages_in_progress.MAX_PAGES_OF_ADDRESS + 1):
        page_of("a")
    loop.now += module.MAX_WAIT_SECONDS + 1
    loop.rounds(12)
    assert log[-1] == "a refused"
    assert scheduler.in_progress == pages_in_progress.MAX_PAGES_OF_ADDRESS


def test_turns_and_waits_are_counted(loop, scheduler, request_of):
    for _ in range(3):
        request_of("a")
    loop.rounds()
    assert (scheduler.turns, scheduler.waits, scheduler.refused) == (3, 2, 0)
