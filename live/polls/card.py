"""A poll as its card shows it to one reader.

Nothing that a reader may not know yet is in a Card: neither the right option, nor the explanation, nor a number.
card_maker.py makes it, and the template only lays it out.
"""

from dataclasses import dataclass

from . import words
from .block import Option, Poll
from .rounds import OPEN
from .tally import percent


@dataclass(frozen=True)
class Bar:
    """`part` of `whole` answers were to this option. `is_right` only where it may be known."""

    option: Option
    part: int
    whole: int
    is_mine: bool
    is_right: bool

    @property
    def percent(self) -> int:
        return percent(self.part, self.whole)

    @property
    def words(self) -> str:
        return words.share(self.part, self.whole)


@dataclass(frozen=True)
class RoundBars:
    number: int
    title: str
    bars: list[Bar]
    gone: str


@dataclass(frozen=True)
class Card:
    """`mine` is the option chosen in this round, and `heading` the result, which begins with `verdict`.

    `waiting` and `own_waiting` say why the bars hold fewer answers than were given.
    """

    poll: Poll
    round: int
    state: str
    closes_at: int | None
    left: int | None
    answers: int
    mine: str | None
    may_answer: bool
    heading: str
    verdict: str
    answered: str
    waiting: str
    own_waiting: str
    notes: list[str]
    rounds: list[RoundBars]
    explain: str
    is_instructor: bool
    class_line: str
    advice: str

    @property
    def is_asked(self) -> bool:
        """Whether the class is being asked at this moment."""
        return self.round > 0 and self.state == OPEN
