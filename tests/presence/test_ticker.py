"""The one background task: it wakes for what cannot wait, and not for every event of a crowd."""

import pytest

from presence.delivery.ticker import LONGEST_SLEEP, SHORT_SLEEP, Ticker


class Server:
    """Starts nothing by itself, and keeps what the ticker waits for."""

    def __init__(self):
        self.eio, self.started = self, []

    def create_event(self):
        return self

    def start_background_task(self, task):
        self.started.append(task)

    # As an event:
    is_set = False
    during = None

    def set(self):
        self.is_set = True

    def clear(self):
        self.is_set = False

    def wait(self, seconds):
        self.waited.append(seconds)
        if self.during:
            self.during()
        self.woken.append(self.is_set)


@pytest.fixture
def play():
    """`play(next_ats, during)`: run a ticker through those moments, letting something happen while it sleeps."""

    def play(next_ats, during=None):
        server, moments = Server(), iter(next_ats)
        server.waited, server.woken = [], []
        ticker = Ticker(server, lambda: None, lambda: next(moments, None), lambda: 100.0)
        server.during = (lambda: during(ticker)) if during else None
        ticker.wake()
        (run,) = server.started
        run()
        return server, ticker

    return play


def test_it_sleeps_until_something_is_due_and_never_for_long(play):
    server, _ = play([100.02, 100.3, 99.0, float("inf")])
    assert server.waited == pytest.approx([0.02, 0.3, 0.0, LONGEST_SLEEP])


def test_an_event_wakes_it_from_a_long_sleep_and_not_from_a_short_one(play):
    short, long = 100.0 + SHORT_SLEEP / 2, 100.5
    server, _ = play([short, short, long], Ticker.wake)
    # The first is the wake that started it.
    assert server.woken == [True, False, True]


def test_it_ends_with_the_last_socket_and_starts_again_with_the_next(play):
    server, ticker = play([100.1])
    ticker.wake()
    assert len(server.started) == 2


def test_a_disabled_ticker_does_not_start(play):
    _, ticker = play([])
    ticker.enabled = False
    server = ticker._server
    server.started.clear()
    ticker.wake()
    assert not server.started
