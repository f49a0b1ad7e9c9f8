from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from presence.sample import Sample

CAP = 4
steps = st.lists(
    st.tuples(st.sampled_from(["put", "put", "remove"]), st.integers(0, 11), st.sampled_from("abcde")), max_size=60
)


def play(steps):
    """A sample, and the groups of its members, after each step; with what the step said may have changed."""
    sample, groups = Sample(CAP), {}
    for name, member, group in steps:
        before = {m for m in groups if m in sample}
        if name == "put":
            groups[member] = group
            changed = sample.put(member, group)
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
def test_whoever_began_or_ceased_to_be_shown_is_named(steps):
    for sample, groups, before, changed in play(steps):
        assert before ^ {m for m in groups if m in sample} <= changed


@given(steps)
def test_no_group_with_somebody_waiting_is_shown_two_fewer_than_the_best(steps):
    for sample, groups, _, _ in play(steps):
        shown = Counter(group for member, group in groups.items() if member in sample)
        waiting = {group for member, group in groups.items() if member not in sample}
        for group in waiting:
            assert max(shown.values()) - shown[group] <= 1


@given(steps)
def test_a_step_unshows_at_most_one_other(steps):
    for sample, groups, before, _ in play(steps):
        assert len({m for m in before & groups.keys() if m not in sample}) <= 1


def test_nobody_who_is_shown_gives_way_to_a_newcomer_of_their_own_group():
    sample = Sample(2)
    for member in range(5):
        sample.put(member, "same")
    assert [member for member in range(5) if member in sample] == [0, 1]


def test_an_emptied_sample_keeps_nothing():
    sample = Sample(2)
    for member in range(9):
        sample.put(member, member % 3)
    for member in range(9):
        sample.remove(member)
    assert not len(sample)
    assert not sample._shown
    assert not sample._waiting
