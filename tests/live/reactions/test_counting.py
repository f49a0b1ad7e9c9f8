"""The numbers of reactions: nothing of one who is lost, zeroes left out."""

from hypothesis import given
from hypothesis import strategies as st

from live.reactions.counting import KINDS, told


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 5)))
def test_a_number_is_told_when_it_names_no_one(counts):
    numbers = told(counts)
    assert "lost" not in numbers or numbers["lost"] >= 2
    assert all(numbers[kind] == counts[kind] > 0 for kind in numbers)
    assert {kind for kind in ("clap", "aha", "love") if counts.get(kind)} == numbers.keys() - {"lost"}
