"""Answers are told in pairs from 3 on, and never one by one."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.polls import advice, words
from live.polls.block import Option, Poll
from live.polls.tally import FEWEST, Group, gone, known, percent, right_share, tally, told_count

POLL = Poll("x", "Q?", (Option("1", "A"), Option("2", "B")), answer="2")
chosen_options = st.lists(st.sampled_from(["1", "2", "9"]))


def told(chosen, is_closed=False):
    """The tally of these answers, given in this order."""
    last = {option: number for number, option in enumerate(chosen)}
    return tally([Group(option, chosen.count(option), last[option]) for option in last], is_closed)


@given(chosen_options, st.booleans())
def test_a_tally_is_the_model_and_never_of_one(chosen, is_closed):
    size = told_count(len(chosen), is_closed)
    assert told(chosen, is_closed) == dict(Counter(chosen[:size]))
    assert size == 0 or (size > 1 and len(chosen) >= FEWEST)


@given(chosen_options)
def test_one_answer_more_moves_nothing_or_two_bars(chosen):
    before, after = told(chosen[:-1]), told(chosen)
    moved = sum(after.values()) - sum(before.values())
    assert moved in (0, 2)


@given(chosen_options)
def test_every_answer_is_told_gone_or_waiting(chosen):
    numbers = told(chosen)
    assert sum(known(POLL, numbers).values()) + gone(POLL, numbers) == told_count(len(chosen))


@pytest.mark.parametrize(
    ("answers", "open_", "closed"), [(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 2, 3), (4, 4, 4), (17, 16, 17)]
)
def test_the_first_pairs_are_told_and_all_once_closed(answers, open_, closed):
    assert (told_count(answers), told_count(answers, is_closed=True)) == (open_, closed)


@given(st.integers(0, 500), st.integers(1, 500))
def test_percent_is_rounded_half_up(part, whole):
    assert percent(part, whole) == int(part * 100 / whole + 0.5)


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        (0, 3, advice.EXPLAIN),
        (29, 71, advice.EXPLAIN),
        (3, 7, advice.TALK),
        (7, 3, advice.TALK),
        (71, 29, advice.GO_ON),
    ],
)
def test_advice_follows_the_share_of_right_answers(right, wrong, sentence):
    assert advice.advice(right_share(POLL, {"2": right, "1": wrong})) == sentence


def test_there_is_no_advice_without_answers_or_without_a_right_one():
    assert advice.advice(right_share(POLL, {})) == ""
    assert advice.advice(right_share(Poll("x", "Q?", POLL.options), {"1": 1, "2": 1})) == ""


@pytest.mark.parametrize("case", json.loads(Path(__file__).with_name("share_cases.json").read_text()))
def test_the_sentences_are_those_of_the_page(case):
    assert getattr(words, case["call"])(*case["with"]) == case["gives"]


def test_the_outcome_says_the_verdict_and_who_chose_the_same():
    assert words.outcome(words.VERDICTS[True], 11, 16) == "Right. 11 of 16 chose the same."


def test_answers_to_options_that_are_gone_are_told():
    assert words.gone(2) == "2 earlier answers were to options that are gone."
    assert (words.gone(0), words.gone(1)) == ("", "1 earlier answer was to an option that is gone.")


def test_only_the_odd_one_that_waits_is_told_so():
    assert words.own_waiting(5, is_last=True) == "Your answer will be counted together with the next one."
    assert words.own_waiting(5, is_last=False) == ""
    assert words.own_waiting(4, is_last=True) == words.own_waiting(1, is_last=True) == ""
