from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from presence.core.sample import Sample

CAP = 4
members, groups, moments = st.integers(0, 11), st.sampled_from("abcde"), st.integers(0, 5)
steps = st.lists(st.tuples(st.sampled_from(["put", "put", "remove"]), members, groups, moments), max_size=60)


def play(steps):
    """A sample, and the groups of its members, after each step; with what the step said may have changed."""
    sample, groups = Sample(CAP), {}
    for name, member, group, moment in steps:
        before = {m for m in groups if m in sample}
        if name == "put":
            groups[member] = group
            changed = sample.put(member, group, moment)
        else:
            groups.pop(member, None)
            changed = sample.remove(member)
        yield sample, groups, before, changed


@given(steps)
def test_as_many_are_shown_as_the_cap_allows(steps):
    for sample, groups, _, _ in play(steps):
        assert len({m for m in groups if m in sample}) == min(CAP, len(groups))
        assert len(sample) == len(groups)


@given(steps)
def test_everyone_who_began_or_ceased_to_be_shown_is_named(steps):
    for sample, groups, before, changed in play(steps):
        assert before ^ {m for m in groups if m in sample} <= changed


@given(steps)
def test_no_group_with_a_member_waiting_is_shown_two_fewer_than_the_best(steps):
    for sample, groups, _, _ in play(steps):
        shown = Counter(group for member, group in groups.items() if member in sample)
        waiting = {group for member, group in groups.items() if member not in sample}
        for group in waiting:
            assert max(shown.values()) - shown[group] <= 1


@given(steps)
def test_a_step_unshows_at_most_one_other(steps):
    for sample, groups, before, _ in play(steps):
        assert len({m for m in before & groups.keys() if m not in sample}) <= 1


@given(st.dictionaries(members, st.tuples(groups, moments)), steps, st.randoms(use_true_random=False))
def test_it_depends_on_who_is_there_and_not_on_what_has_happened(there, steps, random):
    late, long = Sample(CAP), Sample(CAP)
    for step in steps:
        long.put(*step[1:]) if step[0] == "put" else long.remove(step[1])
    for member in range(12):
        long.remove(member)
    for sample in (late, long):
        order = list(there)
        random.shuffle(order)
        for member in order:
            sample.put(member, *there[member])
    assert [m for m in there if m in late] == [m for m in there if m in long]


def test_a_latecomer_waits_and_a_leaver_makes_room_for_the_next():
    sample = Sample(3)
    for moment, (member, group) in enumerate([("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a"), ("b2", "b")]):
        sample.put(member, group, moment)
    assert [m for m in ("a1", "a2", "b1", "a3", "b2") if m in sample] == ["a1", "a2", "b1"]
    sample.remove("a1")
    assert [m for m in ("a2", "b1", "a3", "b2") if m in sample] == ["a2", "b1", "a3"]


def test_a_shown_person_does_not_give_way_to_a_newcomer_of_their_own_group():
    sample = Sample(2)
    for member in range(5):
        sample.put(member, "same", 0)
    assert [member for member in range(5) if member in sample] == [0, 1]


def test_an_emptied_sample_keeps_nothing():
    sample = Sample(2)
    for member in range(9):
        sample.put(member, member % 3, 0)
    for member in range(9):
        sample.remove(member)
    assert not len(sample)
    assert not sample._lines
    assert not sample._lengths
