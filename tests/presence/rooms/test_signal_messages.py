"""The messages in which processes send signals to each other."""

import json

from hypothesis import given
from hypothesis import strategies as st

from presence.rooms.batch import SentSignal
from presence.rooms.signal_messages import LARGEST_MESSAGE, Outgoing, read

SAID = st.tuples(
    st.sampled_from(["lamp", "arrows"]), st.just("a/b/c"), st.sampled_from(["at", "claps"]), st.sampled_from("pq")
)


@given(st.lists(st.tuples(SAID, st.integers(-9, 9)), max_size=20))
def test_the_others_hear_the_latest_of_each_user_or_the_sum(said):
    outgoing, latest, sums = Outgoing("n"), {}, {}
    for (room, place, name, user), value in said:
        merge = "sum" if name == "claps" else "latest"
        outgoing.add(SentSignal(room, place, name, merge, user, value))
        if merge == "sum":
            sums[room] = sums.get(room, 0) + value
        else:
            latest[room, user] = value
    heard = list(read(outgoing.take() or "", "m"))
    assert {(room, user): value for room, _, _, merge, user, value in heard if merge == "latest"} == latest
    assert {room: value for room, _, _, merge, _, value in heard if merge == "sum"} == sums
    assert outgoing.take() is None


def test_ones_own_message_is_not_heard_nor_one_of_another_version_nor_noise():
    outgoing = Outgoing("n")
    outgoing.add(SentSignal("lamp", "a", "claps", "sum", "1", 2))
    text = outgoing.take()
    assert list(read(text, "n")) == []
    newer = {**json.loads(text), "version": 2}
    for noise in (json.dumps(newer), "", "[]", "{", '{"version": 1}', text + " " * LARGEST_MESSAGE):
        assert list(read(noise, "m")) == []


def test_a_message_that_would_be_too_long_is_dropped_and_counted():
    outgoing = Outgoing("n")
    for number in range(100):
        outgoing.add(SentSignal("arrows", "a", "at", "latest", str(number), "x" * 1000))
    assert outgoing.take() is None
    assert outgoing.dropped == 100
