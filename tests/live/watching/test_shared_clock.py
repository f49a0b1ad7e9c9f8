"""The clock that everyone computes positions from."""

from hypothesis import given
from hypothesis import strategies as st

from live.watching.order_rate import ORDERS, OrderRate
from live.watching.room import ordered
from live.watching.shared_clock import PLAY_MS, SEEK_MS, SPEEDS, SharedClock

LENGTH = 94.0


def test_a_position_moves_only_while_it_plays():
    clock = SharedClock(False, 10.0, 1_000)
    assert clock.position(9_000, LENGTH) == 10.0
    playing = clock.played(9_000, LENGTH)
    assert playing.position(9_000 + PLAY_MS, LENGTH) == 10.0
    assert playing.position(9_000 + PLAY_MS + 2_500, LENGTH) == 12.5
    assert playing.paused(9_000 + PLAY_MS + 2_500, LENGTH) == SharedClock(False, 12.5, 9_000 + PLAY_MS + 2_500)


def test_a_position_stays_within_the_video():
    clock = SharedClock(True, 90.0, 0)
    assert clock.position(3_600_000, LENGTH) == LENGTH
    assert clock.sought(0, -5, LENGTH).at == 0.0
    assert clock.sought(0, 1e9, LENGTH).at == LENGTH


def test_play_after_the_end_begins_anew():
    ended = SharedClock(True, 90.0, 0)
    assert ended.played(10_000, LENGTH) == SharedClock(True, 0.0, 10_000 + PLAY_MS)


def test_those_who_play_get_time_to_reach_another_position():
    assert SharedClock(True, 5.0, 0).sought(1_000, 60, LENGTH) == SharedClock(True, 60, 1_000 + SEEK_MS)
    assert SharedClock(False, 5.0, 0).sought(1_000, 60, LENGTH) == SharedClock(False, 60, 1_000)


orders = st.lists(
    st.tuples(
        st.integers(0, 30_000),
        st.sampled_from(["play", "pause", "seek", "speed"]),
        st.floats(-10, 200, allow_nan=False),
        st.sampled_from(SPEEDS),
    ),
    max_size=20,
)


@given(orders)
def test_whatever_is_ordered_the_position_stays_within_and_never_runs_away(given_orders):
    clock, now = SharedClock(False, 0.0, 0), 0
    for later, did, at, rate in given_orders:
        now += later
        before = clock.position(now, LENGTH)
        changed = ordered(clock, did, at, rate, now, LENGTH)[0]
        assert 0 <= changed.position(now, LENGTH) <= LENGTH
        if did in ("pause", "speed"):
            assert abs(changed.position(now, LENGTH) - before) <= 0.001
        assert SharedClock.of(changed.cell()) == changed
        clock = changed


def test_four_orders_a_second_at_one_place():
    rate = OrderRate()
    assert [rate.allow("a", 0.1 * n) for n in range(6)] == [True] * ORDERS + [False] * 2
    assert rate.allow("b", 0.5)
    assert rate.allow("a", 1.05)
    assert rate.allow("c", 100.0)
    assert len(rate._at) == 1
