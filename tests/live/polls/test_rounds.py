"""The rounds of a poll: nothing is told before answering, no numbers between two rounds, everything once shown."""

import pytest

from live.polls.block import Option, Poll
from live.polls.rounds import (
    CLOSED,
    OPEN,
    SELF_PACED,
    SHOWN,
    Round,
    may_change,
    reveals_answer,
    tells_all,
    tells_answered,
)

NOW = 1000.0
OPENED = Round(1)
RUNNING = Round(1, closes_at=NOW + 30)
OVER = Round(1, closes_at=NOW - 1)
ENDED = Round(1, closed_at=NOW - 1)
TOLD = Round(1, closed_at=NOW - 2, shown_at=NOW - 1)


def poll(results="answered"):
    return Poll("x", "Q?", (Option("1", "A"), Option("2", "B")), "2", "Because.", results)


@pytest.mark.parametrize(
    ("round_", "state"),
    [(SELF_PACED, OPEN), (OPENED, OPEN), (RUNNING, OPEN), (OVER, CLOSED), (ENDED, CLOSED), (TOLD, SHOWN)],
)
def test_the_state_of_a_round(round_, state):
    assert round_.state(NOW) == state


def test_a_countdown_is_left_only_while_the_round_is_open():
    assert [one.left(NOW) for one in (SELF_PACED, OPENED, RUNNING, OVER, TOLD)] == [None, None, 30, None, None]


@pytest.mark.parametrize(
    ("results", "round_", "all_", "answered", "answer_before", "answer_after"),
    [
        ("answered", SELF_PACED, False, True, False, True),
        ("answered", OPENED, False, False, False, False),
        ("answered", ENDED, False, False, False, False),
        ("answered", TOLD, True, True, True, True),
        ("closed", SELF_PACED, False, False, False, False),
        ("closed", OPENED, False, False, False, False),
        ("closed", OVER, True, True, True, True),
        ("always", SELF_PACED, True, True, False, True),
        ("always", OPENED, True, True, False, False),
        ("always", TOLD, True, True, True, True),
    ],
)
def test_who_is_told_what(results, round_, all_, answered, answer_before, answer_after):
    one = poll(results)
    assert tells_all(one, round_, NOW) is all_
    assert tells_answered(one, round_, NOW) is answered
    assert reveals_answer(one, round_, NOW, has_answered=False) is answer_before
    assert reveals_answer(one, round_, NOW, has_answered=True) is answer_after


def test_only_answers_that_followed_no_numbers_may_be_changed():
    assert [may_change(poll(results)) for results in ("answered", "closed", "always")] == [False, True, True]
