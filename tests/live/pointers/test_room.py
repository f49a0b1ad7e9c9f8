"""Sharing where one reads and points: volatile, bounded, and nothing of those who are hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.pointers.anchor import BLOCKS, LETTERS, REACH, is_anchor


@pytest.fixture
def page(site):
    """A page on the first lesson that shares its pointer."""

    def page(user):
        tab = site.tab(user, site.lessons[0])
        tab.answer = tab.join("pointers")
        site.advance(1)
        return tab

    return page


def told(tab):
    """The pointers that a page has been told since the last time."""
    return [signals["at"] for signals in tab.signals("pointers")]


@pytest.mark.parametrize("anchor", [[0], [999], [3, 17, 40, -20], [3, -1, 500, 500], [1, 100_000, 2_000, -2_000]])
def test_a_pointer_is_told_to_those_who_share_theirs(site, page, anchor):
    ada, grace = page("ada"), page("grace")
    ada.signal("pointers", "at", anchor)
    site.advance(1)
    assert told(grace) == [{str(ada.answer["slots"]["pointers"]): anchor}]


def test_null_says_that_the_pointer_is_gone(site, page):
    ada, grace = page("ada"), page("grace")
    ada.signal("pointers", "at", [3])
    ada.signal("pointers", "at", None)
    site.advance(1)
    assert told(grace)[-1] == {"1": None}


WRONG = [[], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5], [-1], [1000], [1, -2, 0, 0], [1, 100_001, 0, 0], [1, 0, 2_001, 0]]
WRONG += [[1, 0, 0, -2_001], "3", 3, {"0": 1}, [1.5], ["1"], [[1]], [True], [1, None, 0, 0], list(range(40)), [2**60]]


@pytest.mark.parametrize("anchor", WRONG)
def test_what_is_no_anchor_is_dropped_without_a_word(site, page, anchor):
    ada, grace = page("ada"), page("grace")
    assert ada.signal("pointers", "at", anchor) == {"ok": True}
    site.advance(1)
    assert told(grace) == []
    assert ada.connected


def test_someone_anonymous_is_a_pointer_without_a_name(site, page):
    grace, tim = page("grace"), page("tim")
    tim.signal("pointers", "at", [2])
    site.advance(1)
    slot = tim.answer["slots"]["pointers"]
    assert grace.faces("pointers")[str(slot)] is None
    assert told(grace) == [{str(slot): [2]}]


def test_someone_hidden_sees_and_is_not_seen(site, page):
    grace, hedy = page("grace"), page("hedy")
    assert hedy.answer["slots"] == {"pointers": None}
    hedy.signal("pointers", "at", [2])
    grace.signal("pointers", "at", [5])
    site.advance(1)
    assert told(hedy) == [{"1": [5]}]
    assert told(grace) == [{"1": [5]}]
    assert grace.attendance("pointers") == 1


def test_the_page_has_the_switch_for_those_who_are_signed_in(site):
    url = f"/courses/{site.lessons[0]}"
    assert 'data-live="pointers"' in site.browser("ada").get(url).text
    assert 'data-live="pointers"' not in site.browser().get(url).text


@given(st.lists(st.integers(-3_000, 200_000), max_size=6))
def test_an_anchor_is_one_or_four_numbers_in_their_ranges(value):
    expected = len(value) in (1, 4) and 0 <= value[0] < BLOCKS
    if len(value) == 4:
        expected = expected and -1 <= value[1] <= LETTERS and max(map(abs, value[2:])) <= REACH
    assert is_anchor(value) == expected
