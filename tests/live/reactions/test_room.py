"""Reactions over the socket: the wanted state, told as numbers a chapter."""

import pytest

from tests.live.conftest import PLACE, joined


@pytest.fixture
def page(site):
    return lambda username: joined(site.tab(username, PLACE), "reactions")


def react(page, kind="clap", on=True, at="gaps"):
    return page.call("reactions", "react", at=at, kind=kind, on=on)


def cells(page):
    return page.cells("reactions")


def test_a_reaction_is_told_to_all_and_its_author_gets_the_numbers(site, page):
    ada, grace = page("ada"), page("grace")
    assert react(ada) == {"ok": True, "reply": {"clap": 1}}
    assert react(grace) == {"ok": True, "reply": {"clap": 2}}
    site.advance(1)
    for one in (ada, grace, page("alan")):
        assert cells(one) == {"gaps": {"clap": 2}}


def test_the_wanted_state_twice_is_once_and_tells_nothing_new(site, page):
    ada, grace = page("ada"), page("grace")
    react(ada)
    site.advance(1)
    grace.events()
    assert react(ada) == {"ok": True, "reply": {"clap": 1}}
    site.advance(1)
    assert grace.events() == []


def test_numbers_that_are_gone_are_told_as_gone(site, page):
    ada, grace = page("ada"), page("grace")
    react(ada)
    site.advance(1)
    assert react(ada, on=False) == {"ok": True, "reply": {}}
    site.advance(1)
    assert cells(grace) == {}


def test_lost_is_told_from_two_on(site, page):
    ada, grace = page("ada"), page("grace")
    assert react(ada, "lost")["reply"] == {}
    site.advance(1)
    assert cells(grace) == {}
    assert react(grace, "lost")["reply"] == {"lost": 2}


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"at": "nope"}, "There is no part 'nope' on this lesson."),
        ({"at": "__proto__"}, "There is no part '__proto__' on this lesson."),
        ({"kind": "spam"}, "A reaction is clap, aha, love or lost, not 'spam'."),
        ({"kind": "__proto__"}, "A reaction is clap, aha, love or lost, not '__proto__'."),
        ({"kind": 7}, "The payload needs a text 'kind'."),
        ({"at": None}, "The payload needs a text 'at'."),
        ({"on": "yes"}, "The payload needs a yes or no 'on'."),
        ({"on": 1}, "The payload needs a yes or no 'on'."),
        ({"at": "x" * 3000}, "The text 'at' has at most 300 letters."),
    ],
)
def test_what_cannot_be_reacted_to_is_refused_with_a_sentence(page, payload, error):
    answer = page("ada").call("reactions", "react", **{"at": "gaps", "kind": "clap", "on": True, **payload})
    assert answer["ok"] is False
    assert answer["error"] == error or answer["error"].startswith("The payload needs")


def test_only_six_a_second_are_taken_from_a_page(page):
    ada = page("ada")
    answers = [react(ada, on=bool(turn % 2)) for turn in range(8)]
    assert [answer["ok"] for answer in answers] == [True] * 6 + [False] * 2
    assert answers[-1]["error"] == "Too many calls of 'react': at most 6 in a second."


def test_where_reactions_are_off_there_are_none(site, page, tmp_path):
    assert react(joined(site.tab("ada", "study/memory/spacing"), "reactions"), at="exercise")["ok"] is False
