"""The published numbers of a poll. Pure: a function of the counted answers alone.

Answers are told in pairs, from 3 on: someone who sees Ada arrive and one bar move must not learn what Ada chose. So
of n answers the first 2·⌊n/2⌋ are told, in the order in which they came; all of them once the round is closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .block import Poll

FEWEST = 3


@dataclass(frozen=True)
class Group:
    """The counted answers to one option: how many, and the id of the last one."""

    option: str
    answers: int
    last_id: int


def told_count(answers: int, is_closed: bool = False) -> int:
    """The number of `answers` to publish: never a single one, and an even number while the round is open."""
    if answers < FEWEST:
        return 0
    return answers if is_closed else answers - answers % 2


def tally(groups: Iterable[Group], is_closed: bool = False) -> dict[str, int]:
    """Answers per option id. With an odd number only the last answer waits, so the groups are enough."""
    groups = list(groups)
    total = sum(group.answers for group in groups)
    told = told_count(total, is_closed)
    if not told:
        return {}
    waits = max(groups, key=lambda group: group.last_id).option if told < total else None
    numbers = {group.option: group.answers - (group.option == waits) for group in groups}
    return {option: number for option, number in numbers.items() if number}


def known(poll: Poll, numbers: Mapping[str, int]) -> dict[str, int]:
    """The numbers of the options that the poll has now, in their order, zeroes included."""
    return {option.id: numbers.get(option.id, 0) for option in poll.options}


def gone(poll: Poll, numbers: Mapping[str, int]) -> int:
    """The number of answers to options that the author has taken out since."""
    return sum(numbers.values()) - sum(known(poll, numbers).values())


def percent(part: int, whole: int) -> int:
    """Rounded half up, as share.js does; Python's own `round` would round 12.5 down."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def right_share(poll: Poll, numbers: Mapping[str, int]) -> float | None:
    """The share of right answers; None for an opinion or without answers."""
    answers = known(poll, numbers)
    if poll.answer is None or not any(answers.values()):
        return None
    return answers[poll.answer] / sum(answers.values())
