"""Checks of what the code of a room asks for. Each raises LimitExceeded, with a sentence, for what no room can have.

A moment that is no number never comes, so no cell would end any more; a place that is no text would fail every sweep.
"""

from typing import cast, get_args

from ..core.change_json import LARGEST_TIME
from ..core.people import Says
from ..core.room_changes import Put
from .cells import LimitExceeded

NAME_LETTERS = 300


def check_put(put: Put) -> None:
    check_name("A place", put.place)
    check_name("An audience", put.audience)
    check_moment("A cell ends at", put.until)
    if put.keep is not None and (type(put.keep) is not int or put.keep < 1):
        raise LimitExceeded("As many cells as `keep` says stay: a whole number, at least 1.")


def check_status(says: object) -> None:
    if says not in get_args(Says):
        raise LimitExceeded(f"There is no status {str(says)[:50]!r}.")


def check_name(subject: str, name: object) -> None:
    if not isinstance(name, str):
        raise LimitExceeded(f"{subject} is named by a text, not by {type(name).__name__}.")
    if len(name) > NAME_LETTERS:
        raise LimitExceeded(f"{subject} has a name of {len(name)} letters; at most {NAME_LETTERS}.")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise LimitExceeded(f"{subject} has a name with half a letter: {name!r}.") from None


def check_moment(subject: str, moment: object) -> None:
    # Written so that NaN does not pass either.
    if type(moment) not in (int, float) or not abs(cast(float, moment)) <= LARGEST_TIME:
        # Not its value: Python refuses to write out a very long number.
        raise LimitExceeded(f"{subject} a moment in Unix seconds, not at this {type(moment).__name__}.")
