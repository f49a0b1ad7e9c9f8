"""The signals of a tick, against a naive model."""

from hypothesis import given
from hypothesis import strategies as st

from presence.rooms.batch import Batch
from presence.rooms.schema import LARGEST_NUMBER

NUMBERS = st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)
SLOTS = st.integers(1, 3)
STEPS = st.lists(
    st.tuples(st.just("latest"), SLOTS, st.none() | st.integers())
    | st.tuples(st.just("add"), st.just(0), NUMBERS)
    | st.tuples(st.just("drop"), SLOTS, st.none())
    | st.tuples(st.just("take"), st.just(0), st.none())
)


@given(STEPS)
def test_a_tick_tells_the_latest_of_each_slot_and_the_sum(steps):
    batch, latest, total = Batch(), {}, None
    for step, slot, value in steps:
        if step == "latest":
            batch.latest("at", slot, value)
            latest[str(slot)] = value
        elif step == "add":
            batch.add("claps", value)
            total = min(LARGEST_NUMBER, max(-LARGEST_NUMBER, (total or 0) + value))
        elif step == "drop":
            batch.drop(slot)
            latest.pop(str(slot), None)
        else:
            expected = ({"at": latest} if latest else {}) | ({} if total is None else {"claps": total})
            assert bool(batch) == bool(expected)
            assert batch.take() == expected
            latest, total = {}, None
    batch.take()
    assert not batch
    assert batch.take() == {}


def test_a_signal_of_the_server_is_told_as_it_is():
    batch = Batch()
    batch.put("wave", {"to": 3})
    assert batch.take() == {"wave": {"to": 3}}
