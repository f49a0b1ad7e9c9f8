"""The numbers of a poll that others are told. Pure: a function of the counted answers alone.

Answers are told in pairs, from 3 on: someone who sees Ada arrive and one bar move must not learn what Ada chose. So
of n answers the first 2·⌊n/2⌋ are told, in the order in which they came; all of them once the round is closed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .block import Poll

FEWEST = 3


def told_count(answers: int, is_closed: bool = False) -> int:
    """The number of answers that are told of `answers`: never 1 or 2, and an even number while the round is open."""
    if answers < FEWEST:
        return 0
    return answers if is_closed else answers - answers % 2


def tally(options: Sequence[str], is_closed: bool = False) -> dict[str, int]:
    """Answers per option id, from the chosen options in the order in which they came."""
    return dict(Counter(options[: told_count(len(options), is_closed)]))


def known(poll: Poll, numbers: Mapping[str, int]) -> dict[str, int]:
    """The numbers of the options that the poll has now, in their order, zeroes included."""
    return {option.id: numbers.get(option.id, 0) for option in poll.options}


def gone(poll: Poll, numbers: Mapping[str, int]) -> int:
    """How many answers were to options that the author has taken out since."""
    return sum(numbers.values()) - sum(known(poll, numbers).values())


def percent(part: int, whole: int) -> int:
    """Rounded half up, as share.js does; Python's own `round` would round 12.5 down."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def right_share(poll: Poll, options: Iterable[str]) -> float | None:
    """The share of right answers; None for an opinion or without answers."""
    chosen = [option for option in options if poll.has(option)]
    if poll.answer is None or not chosen:
        return None
    return chosen.count(poll.answer) / len(chosen)
