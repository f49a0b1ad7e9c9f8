"""The signals of a tick, against a naive model."""

from hypothesis import given
from hypothesis import strategies as st

from presence.rooms.batch import Batch

SLOTS = st.integers(1, 3)
STEPS = st.lists(
    st.tuples(st.just("latest"), SLOTS, st.none() | st.integers())
    | st.tuples(st.just("add"), st.just(0), st.integers())
    | st.tuples(st.just("drop"), SLOTS, st.none())
    | st.tuples(st.just("take"), st.just(0), st.none())
)


@given(STEPS)
def test_a_tick_tells_the_latest_of_each_slot_and_the_sum(steps):
    batch, latest, sums = Batch(), {}, []
    for step, slot, value in steps:
        if step == "latest":
            batch.latest("at", slot, value)
            latest[str(slot)] = value
        elif step == "add":
            batch.add("claps", value)
            sums.append(value)
        elif step == "drop":
            batch.drop(slot)
            latest.pop(str(slot), None)
        else:
            expected = ({"at": latest} if latest else {}) | ({"claps": sum(sums)} if sums else {})
            assert bool(batch) == bool(expected)
            assert batch.take() == expected
            latest, sums = {}, []
    batch.take()
    assert not batch
    assert batch.take() == {}


def test_a_signal_of_the_server_is_told_as_it_is():
    batch = Batch()
    batch.put("wave", {"to": 3})
    assert batch.take() == {"wave": {"to": 3}}
