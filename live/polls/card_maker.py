"""Makes the card of a poll for one reader. Pure."""

from collections.abc import Iterator

from live.participants import Participant

from . import words
from .block import Option, Poll
from .card import Bar, Card, RoundBars
from .cells import Cells
from .rounds import OPEN, may_change, reveals_answer
from .tally import gone, known

LATER = "The results come when your instructor shows them."
ROUND_TITLES = {0: "At one's own pace", 1: "First round", 2: "Second round", 3: "Third round"}


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
        # Of the current round: all that is told, and of that the options which the poll still has.
        self._numbers = self._tallies.get(str(self._round.number), {})
        self._shown = known(poll, self._numbers) if self._numbers else {}

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
            verdict=self._verdict() if self._tallies and self._mine else "",
            answered=words.answered(self._told["answers"], self._state == OPEN),
            waiting=self._waiting(),
            own_waiting=words.own_waiting(self._told["answers"], is_last) if self._shown else "",
            notes=list(self._notes()),
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
        return words.outcome(self._verdict(), self._shown.get(self._mine, 0), sum(self._shown.values()))

    def _verdict(self) -> str:
        return words.VERDICTS[self._poll.is_right(self._mine) if self._reveals and self._mine else None]

    def _waiting(self) -> str:
        told = sum(self._numbers.values())
        # The heading says it already to someone who has answered.
        is_said = self._mine is not None and not told
        return words.waiting(self._told["answers"], told) if self._tallies and not is_said else ""

    def _notes(self) -> Iterator[str]:
        if self._mine is not None and not self._tallies:
            yield "You can change it until the round closes." if self._may_answer() else LATER
        if self._reader and self._reader.is_hidden:
            yield "Only you see your answer, because you're hidden."
        if self._is_instructor():
            yield "You're an instructor, so your answer isn't counted."

    def _bars(self, number: int, tally: dict[str, int]) -> RoundBars:
        numbers = known(self._poll, tally)
        whole = sum(numbers.values())
        bars = [self._bar(option, numbers[option.id], whole, number) for option in self._poll.options]
        title = ROUND_TITLES.get(number, f"Round {number}") if len(self._tallies) > 1 else ""
        return RoundBars(number, title, bars, words.gone(gone(self._poll, tally)))

    def _bar(self, option: Option, part: int, whole: int, number: int) -> Bar:
        is_right = self._reveals and option.id == self._poll.answer
        return Bar(option, part, whole, self._choices.get(number) == option.id, is_right)
