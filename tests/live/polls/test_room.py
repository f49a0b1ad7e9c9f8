"""Polls over the socket: who is told what, when; and what each mistake is answered with."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.app import Site
from tests.live.conftest import PLACE, joined

RIGHT = {"right": True, "explain": "It belongs to a state that the page does not have."}
WRONG = {**RIGHT, "right": False}
WITHHELD = {"right": None, "explain": ""}
POLL = "after-a-gap"


@pytest.fixture
def page(site):
    """Opens the lesson for a user, with its polls."""
    return lambda username: joined(site.tab(username, PLACE), "polls")


@pytest.fixture
def pages(page):
    return [page(name) for name in ("ada", "grace", "alan", "katherine")]


def answer(page, option, poll=POLL):
    return page.call("polls", "answer", poll=poll, option=option)


def cells(page):
    return page.cells("polls")


def test_everyone_is_told_the_state_and_how_many_have_answered(site, pages):
    ada, grace, *_ = pages
    assert cells(grace)[POLL] == {"round": 0, "state": "open", "closes_at": None, "answers": 0}
    assert answer(ada, "2") == {"ok": True, "reply": RIGHT}
    site.advance(1)
    assert cells(grace)[POLL]["answers"] == 1
    assert f"{POLL}:tally" not in cells(grace)


def test_who_has_answered_is_told_the_numbers_in_pairs(site, pages):
    for one, option in zip(pages, "2213", strict=True):
        answer(one, option)
        site.advance(1)
        if one is pages[2]:
            assert cells(pages[0])[f"{POLL}:tally"] == {"0": {"2": 2}}
            assert f"{POLL}:tally" not in cells(pages[3])
    for one in pages:
        assert cells(one)[f"{POLL}:tally"] == {"0": {"1": 1, "2": 2, "3": 1}}


def test_another_tab_learns_of_the_answer_by_the_first_state_of_the_audience(site, page, reader):
    browser = reader("ada").browser
    first, second = (joined(site.tab(browser, PLACE), "polls") for _ in range(2))
    answer(first, "1")
    site.advance(1)
    assert cells(second)[f"{POLL}:tally"] == {"0": {}}


def test_a_late_joiner_has_what_an_early_one_has(site, page, pages):
    for one in pages:
        answer(one, "2")
    site.advance(1)
    assert cells(page("ada")) == cells(pages[0])
    assert cells(page("dennis")) == {
        name: cells(pages[0])[name] for name in ("after-a-gap", "liked", "liked:tally", "kept-back")
    }


def test_an_answer_by_form_is_told_as_one_by_the_socket(site, pages, reader):
    reader("barbara").answer(POLL, "1")
    site.advance(1)
    assert cells(pages[0])[POLL]["answers"] == 1


@pytest.mark.parametrize(
    ("poll", "option", "error"),
    [
        ("nope", "1", "There is no poll 'nope' on this lesson."),
        ("__proto__", "1", "There is no poll '__proto__' on this lesson."),
        (POLL, "9", "The poll 'after-a-gap' has no answer '9'."),
        (POLL, "__proto__", "The poll 'after-a-gap' has no answer '__proto__'."),
        (POLL, "", "Choose one of the answers."),
        (POLL, 2, "The payload needs a text 'option'."),
        (POLL, None, "The payload needs a text 'option'."),
        (POLL, ["2"], "The payload needs a text 'option'."),
        (POLL, "x" * 3000, "The text 'option' has at most 300 letters."),
        ({"a": 1}, "1", "The payload needs a text 'poll'."),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(page, poll, option, error):
    assert answer(page("ada"), option, poll) == {"ok": False, "error": error}


def test_a_second_answer_and_a_closed_round_are_refused(site, page):
    ada, margaret = page("ada"), page("margaret")
    answer(ada, "1")
    assert answer(ada, "2") == {"ok": False, "error": "You've already answered."}
    margaret.call("polls", "ask", poll=POLL, seconds=0)
    margaret.call("polls", "close", poll=POLL)
    site.advance(1)
    assert answer(ada, "2") == {"ok": False, "error": "This round is over."}


def test_only_two_answers_a_second_are_taken_from_a_page(page):
    ada = page("ada")
    errors = [answer(ada, "1").get("error", "") for _ in range(5)]
    assert errors[1] == "You've already answered."
    assert all(error == "Too many calls of 'answer': at most 2 in a second." for error in errors[2:])


def test_a_page_that_answers_a_thousand_times_is_hung_up_and_no_one_else_notices(site, page):
    ada, grace = page("ada"), page("grace")
    for _ in range(1000):
        if not ada.connected:
            break
        answer(ada, "1")
    assert not ada.connected
    assert answer(grace, "2")["ok"]
    site.advance(1)
    assert cells(grace)[POLL]["answers"] == 2


def test_a_page_that_is_open_since_before_hears_no_more_of_the_class_when_it_joins_again(page, no_longer_instructor):
    margaret = page("margaret")
    assert f"{POLL}:class" in cells(margaret)
    no_longer_instructor("margaret")
    assert margaret.join("polls")["ok"]
    assert f"{POLL}:class" not in cells(margaret)


def test_a_round_is_told_as_it_opens_closes_and_is_shown(site, page, pages):
    margaret = page("margaret")
    for one in pages[:3]:
        answer(one, "1")
    site.advance(1)
    assert margaret.call("polls", "ask", poll=POLL, seconds=30)["ok"]
    site.advance(1)
    told = cells(pages[0])
    assert told[POLL] == {"round": 1, "state": "open", "closes_at": round(site.clock() - 1 + 30) * 1000, "answers": 0}
    assert f"{POLL}:tally" not in told
    for one in pages:
        assert answer(one, "2") == {"ok": True, "reply": WITHHELD}
    site.advance(1)
    assert cells(margaret)[f"{POLL}:class"] == {"here": 4, "answered": 4}
    site.advance(29)
    assert cells(pages[0])[POLL]["state"] == "closed"
    assert f"{POLL}:tally" not in cells(pages[0])
    assert cells(margaret)[f"{POLL}:class"]["tally"] == {"0": {"1": 3}, "1": {"2": 4}}
    assert cells(margaret)[f"{POLL}:class"]["advice"] == "Most got it right: move on."
    assert margaret.call("polls", "show", poll=POLL)["ok"]
    site.advance(1)
    for one in (*pages, page("dennis")):
        assert cells(one)[POLL]["state"] == "shown"
        assert cells(one)[f"{POLL}:tally"] == {"0": {"1": 3}, "1": {"2": 4}}


@pytest.mark.parametrize("call", ["ask", "close", "show"])
def test_only_an_instructor_asks_the_class(page, call):
    refused = page("ada").call("polls", call, poll=POLL)
    assert refused == {"ok": False, "error": "Only an instructor can ask the class."}


@pytest.mark.parametrize(
    ("seconds", "error"),
    [
        (31, "A countdown takes 30, 60 or 120 seconds, or 0 for none, not 31."),
        ("30", "The payload needs a whole number 'seconds'."),
    ],
)
def test_a_countdown_is_one_of_three(page, seconds, error):
    answered = page("margaret").call("polls", "ask", poll=POLL, seconds=seconds)
    assert answered["ok"] is False
    assert answered["error"] == error or answered["error"].startswith("The payload needs a")


def test_a_lesson_without_polls_has_none(site):
    page = joined(site.tab("ada", "web/rooms/intro"), "polls")
    assert page.cells("polls") == {}
    assert answer(page, "1") == {"ok": False, "error": "There is no poll 'after-a-gap' on this lesson."}


def test_before_answering_no_frame_has_the_right_option_or_a_number_of_others(site, pages):
    ada, *others = pages
    for one, option in zip(others, "222", strict=True):
        answer(one, option)
        answer(one, option[:1], "kept-back")
        site.advance(1)
    frames = json.dumps(ada.events())
    assert '"answers": 3' in frames
    for secret in (RIGHT["explain"], "Each topic publishes", f"{POLL}:tally", "kept-back:tally", "right"):
        assert secret not in frames
    assert answer(ada, "2", "kept-back") == {"ok": True, "reply": WITHHELD}
    site.advance(1)
    assert "kept-back:tally" not in json.dumps(ada.events())


class Model:
    """A poll as it should be: the answers of five people, the last of them hidden, by round."""

    def __init__(self) -> None:
        self.rounds: list[dict[int, str]] = [{}]
        self.state = "open"

    def answer(self, who: int, option: str) -> bool:
        if self.state != "open" or who in self.rounds[-1]:
            return False
        self.rounds[-1][who] = option
        return True

    def ask(self) -> bool:
        if len(self.rounds) > 1 and self.state == "open":
            return False
        self.rounds.append({})
        self.state = "open"
        return True

    def close(self) -> bool:
        return self._end("closed" if self.state == "open" else self.state)

    def show(self) -> bool:
        return self._end("shown")

    def _end(self, state: str) -> bool:
        if len(self.rounds) == 1:
            return False
        self.state = state
        return True

    def counted(self, number: int) -> list[str]:
        return [option for who, option in self.rounds[number].items() if who != 4]

    def sees(self, who: int) -> bool:
        return self.state == "shown" or (len(self.rounds) == 1 and who in self.rounds[0])

    def tallies(self) -> dict[str, dict[str, int]]:
        numbers = [number for number in range(len(self.rounds)) if self.counted(number)]
        return {str(number): self._tally(number) for number in numbers}

    def _tally(self, number: int) -> dict[str, int]:
        chosen = self.counted(number)
        is_open = self.state == "open" and number == len(self.rounds) - 1
        size = 0 if len(chosen) < 3 else len(chosen) - len(chosen) % 2 if is_open else len(chosen)
        return {option: chosen[:size].count(option) for option in set(chosen[:size])}


answers = st.tuples(st.sampled_from(range(5)), st.sampled_from("123"))


@settings(max_examples=25, deadline=None)
@given(st.lists(answers | st.sampled_from(["ask", "close", "show", "wait"]), max_size=25))
def test_whatever_is_answered_and_asked_the_numbers_are_those_of_the_rows(tmp_path_factory, steps):
    site, model = Site(tmp_path_factory.mktemp("site")), Model()
    names = ("ada", "grace", "alan", "katherine", "hedy")
    pages = [joined(site.tab(name, PLACE), "polls") for name in names]
    margaret = joined(site.tab("margaret", PLACE), "polls")
    for step in steps:
        site.advance(1)
        if isinstance(step, tuple):
            assert answer(pages[step[0]], step[1])["ok"] is model.answer(*step)
        elif step != "wait":
            assert margaret.call("polls", step, poll=POLL)["ok"] is getattr(model, step)()
    site.advance(2)
    for who, page in enumerate(pages):
        check(cells(page), model, who)


def check(told, model, who):
    state = {"round": len(model.rounds) - 1, "state": model.state, "closes_at": None}
    assert told[POLL] == {**state, "answers": len(model.counted(-1))}
    assert told.get(f"{POLL}:tally") == (model.tallies() if model.sees(who) else None)
