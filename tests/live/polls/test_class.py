"""An instructor runs a poll, and the class sees it meanwhile."""

import re

import pytest

from tests.live.conftest import LESSON, PLACE, POLLS, words

EXPLANATION = "It belongs to a state that the page does not have."
ASKED = "The class is being asked"


@pytest.fixture
def margaret(reader):
    return reader("margaret")


def test_asking_the_class_opens_a_new_round_for_those_who_have_answered_too(readers, margaret):
    readers[0].answer("after-a-gap", "2")
    answer = margaret.round("after-a-gap", "ask")
    assert (answer.status_code, answer.location) == (303, f"{LESSON}#poll-after-a-gap")
    card = readers[0].card()
    assert ASKED in card
    assert "No one has answered yet." in card
    assert readers[0].answer("after-a-gap", "1").status_code == 303


def test_nothing_is_told_of_a_round_until_it_is_shown(readers, margaret):
    margaret.round("after-a-gap", "ask")
    for one, option in zip(readers, "2213", strict=True):
        one.answer("after-a-gap", option)
    for one in readers:
        card = one.card()
        assert "Your answer is in." in card
        assert " %" not in card
        assert EXPLANATION not in card
    assert " %" not in margaret.card()
    margaret.round("after-a-gap", "close")
    assert " %" not in readers[0].card()
    assert "2 of 4, 50 %" in margaret.card()
    assert "Opinions are divided: let them talk, then ask again." in margaret.card()


def test_two_rounds_are_shown_side_by_side(readers, margaret):
    for options in ("1123", "2223"):
        margaret.round("after-a-gap", "ask")
        for one, option in zip(readers, options, strict=True):
            assert one.answer("after-a-gap", option).status_code == 303
        margaret.round("after-a-gap", "close")
    assert "Most got it right: move on." in margaret.card()
    margaret.round("after-a-gap", "show")
    for one in readers:
        card = one.card()
        assert (
            card.index("First round")
            < card.index("1 of 4, 25 %")
            < card.index("Second round")
            < card.index("3 of 4, 75 %")
        )
        assert EXPLANATION in card


def test_a_closed_round_takes_no_answer(readers, margaret):
    margaret.round("after-a-gap", "ask")
    margaret.round("after-a-gap", "close")
    answer = readers[0].answer("after-a-gap", "2")
    assert (answer.status_code, "This round is over." in answer.text) == (409, True)
    assert "This round is over." in readers[0].card()


def test_a_closed_round_shows_all_answers_and_not_only_pairs(readers, margaret):
    margaret.round("after-a-gap", "ask")
    for one in readers[:3]:
        one.answer("after-a-gap", "2")
    margaret.round("after-a-gap", "show")
    assert "3 of 3, 100 %" in readers[3].card()


def test_a_countdown_closes_the_round(site, readers, margaret):
    margaret.round("after-a-gap", "ask", seconds="30")
    assert "Closes in 30 seconds." in readers[0].card()
    site.advance(29)
    assert readers[0].answer("after-a-gap", "2").status_code == 303
    site.advance(1)
    assert readers[1].answer("after-a-gap", "2").status_code == 409


@pytest.mark.parametrize("results", ["kept-back"])
def test_results_that_are_kept_until_the_close_come_with_it(readers, margaret, results):
    margaret.round(results, "ask")
    for one in readers:
        one.answer(results, "2")
    assert "You can change it until the round closes." in readers[0].card(results)
    margaret.round(results, "close")
    assert "4 of 4, 100 %" in readers[0].card(results)
    assert "Each topic publishes for itself." in readers[0].card(results)


def test_an_instructor_sees_how_many_of_those_present_have_answered(site, readers, margaret):
    tabs = [site.tab(one.browser, PLACE) for one in readers[:3]]
    hidden = site.tab("hedy", PLACE)
    margaret.round("after-a-gap", "ask")
    readers[0].answer("after-a-gap", "2")
    readers[3].answer("after-a-gap", "2")
    assert "1 of 3 learners here have answered." in margaret.card()
    for tab in (*tabs, hidden):
        tab.close()


@pytest.mark.parametrize("do", ["ask", "close", "show"])
@pytest.mark.parametrize("username", ["ada", "hedy"])
def test_only_an_instructor_asks_the_class(reader, username, do):
    answer = reader(username).round("after-a-gap", do)
    assert answer.status_code == 403
    assert "Only an instructor can ask the class." in answer.text
    assert "Ask the class" not in reader(username).card()


@pytest.mark.parametrize(
    ("poll", "fields", "status", "sentence"),
    [
        ("nope", {"do": "ask"}, 404, "There is no poll 'nope' on this lesson."),
        ("after-a-gap", {"do": "close"}, 409, "The class has not been asked yet."),
        ("after-a-gap", {"do": "dance"}, 422, "A round is asked, closed or shown."),
        ("after-a-gap", {"do": "ask", "seconds": "31"}, 422, "A countdown takes 30, 60 or 120 seconds, or 0 for none"),
        ("after-a-gap", {"do": "ask", "seconds": "x" * 5000}, 422, "A countdown takes 30, 60 or 120 seconds"),
    ],
)
def test_what_an_instructor_cannot_do_is_refused_with_a_sentence(margaret, poll, fields, status, sentence):
    answer = margaret.round(poll, **fields)
    assert answer.status_code == status
    assert sentence in words(answer.text)


def test_the_class_is_not_asked_twice_at_once(margaret):
    margaret.round("after-a-gap", "ask")
    assert "The class is already being asked." in margaret.round("after-a-gap", "ask").text


def test_the_class_page_has_every_poll_and_no_name(readers, margaret):
    for one in readers:
        one.answer("liked", "states")
    page = words(margaret.browser.get("/class/web").text)
    assert "Which do you like better?" in page
    assert "4 of 4, 100 %" in page
    section = margaret.browser.get("/class/web").text.split('class="class-polls"')[1].split("</section>")[0]
    assert not re.search("Ada|Grace|Alan|Katherine", section)
    answer = margaret.round("after-a-gap", "ask", back="class")
    assert answer.location == "/class/web"


def test_a_guest_may_not_ask(reader):
    assert reader().round("after-a-gap", "ask").location.startswith("/login")
    assert reader().browser.get(f"{POLLS}/after-a-gap").status_code == 200
