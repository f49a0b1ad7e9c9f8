"""A poll as its card shows it to one reader. Pure: the template only lays out what is here.

Nothing that a reader may not know yet is in a Card: neither the right option, nor the explanation, nor a number.
"""

from dataclasses import dataclass

from live.participants import Participant

from . import words
from .block import Option, Poll
from .cells import Cells
from .rounds import OPEN, SHOWN, may_change, reveals_answer
from .tally import gone, known, percent

LATER = "The results come when your instructor shows them."
ROUND_TITLES = {0: "At one's own pace", 1: "First round", 2: "Second round", 3: "Third round"}


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
    """`mine` is the option chosen in this round. `heading` is the result, "" before answering."""

    poll: Poll
    round: int
    state: str
    closes_at: int | None
    left: int | None
    answers: int
    mine: str | None
    may_answer: bool
    heading: str
    answered: str
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


class CardMaker:
    """Makes the card of one poll. `choices` are the reader's options by round, `reader` is None for a guest."""

    def __init__(self, poll: Poll, cells: Cells, now: float, reader: Participant | None, choices: dict[int, str]):
        self._poll, self._cells, self._now, self._reader, self._choices = poll, cells, now, reader, choices
        self._round = cells.round(poll.id)
        self._state = self._round.state(now)
        self._told = cells.state(poll.id)
        self._mine = choices.get(self._round.number)
        self._reveals = reveals_answer(poll, self._round, now, self._mine is not None)
        self._tallies = cells.tallies(poll.id) if self._may_see() else {}

    def card(self, is_last: bool = False, class_line: str = "") -> Card:
        """`is_last`: the reader's answer is the latest of the counted ones. `class_line` is for an instructor."""
        left = self._round.left(self._now)
        return Card(
            poll=self._poll,
            round=self._round.number,
            state=self._state,
            closes_at=self._told["closes_at"],
            left=None if left is None else int(left),
            answers=self._told["answers"],
            mine=self._mine,
            may_answer=self._may_answer(),
            heading=self._heading(),
            answered=words.answered(self._told["answers"]),
            notes=[note for note in self._notes(is_last) if note],
            rounds=[self._bars(int(number), tally) for number, tally in self._tallies.items()],
            explain=self._poll.explain if self._reveals else "",
            is_instructor=self._is_instructor(),
            class_line=class_line,
            advice=self._cells.of_class(self._poll.id).get("advice", "") if self._is_instructor() else "",
        )

    def _is_instructor(self) -> bool:
        return self._reader is not None and self._reader.is_instructor

    def _may_see(self) -> bool:
        return self._cells.may_see(self._poll.id, self._mine is not None, self._is_instructor())

    def _may_answer(self) -> bool:
        if self._reader is None or self._state != OPEN:
            return False
        return self._mine is None or may_change(self._poll)

    def _heading(self) -> str:
        if self._mine is None:
            return "" if self._state == OPEN else "This round is over."
        if not self._tallies:
            return "Your answer is in."
        last = known(self._poll, self._tallies.get(str(self._round.number), {}))
        verdict = self._poll.is_right(self._mine) if self._reveals else None
        return words.outcome(verdict, last.get(self._mine, 0), sum(last.values()))

    def _notes(self, is_last: bool):
        told = sum(self._tallies.get(str(self._round.number), {}).values())
        yield from self._notes_on_numbers(told, is_last)
        if self._reader and self._reader.is_hidden:
            yield "Only you see your answer: you study unseen."
        if self._is_instructor():
            yield "You teach: your own answer is not in the numbers."

    def _notes_on_numbers(self, told: int, is_last: bool):
        if self._tallies:
            # The heading says it already to someone who has answered.
            yield words.waiting(self._told["answers"], told) if told or self._mine is None else ""
            yield words.own_waiting(self._told["answers"], is_last and told < self._told["answers"])
        elif self._mine is not None and self._state != SHOWN:
            yield "You can change it until the round closes." if self._may_answer() else LATER

    def _bars(self, number: int, tally: dict[str, int]) -> RoundBars:
        numbers = known(self._poll, tally)
        whole = sum(numbers.values())
        bars = [self._bar(option, numbers[option.id], whole, number) for option in self._poll.options]
        title = ROUND_TITLES.get(number, f"Round {number}") if len(self._tallies) > 1 else ""
        return RoundBars(number, title, bars, words.gone(gone(self._poll, tally)))

    def _bar(self, option: Option, part: int, whole: int, number: int) -> Bar:
        is_right = self._reveals and option.id == self._poll.answer
        return Bar(option, part, whole, self._choices.get(number) == option.id, is_right)
