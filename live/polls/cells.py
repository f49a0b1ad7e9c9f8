"""The cells and numbers that each audience of a lesson's polls gets, in the room and on the card. Pure.

`<poll>`         to everyone: {"round", "state", "closes_at": ms or None, "answers"}
`<poll>:tally`   to those who may see it: {round: {option: n}}
`<poll>:class`   to instructors: {"here", "answered"}, and {"tally", "advice"} unless the class is being asked
"""

from collections.abc import Mapping
from typing import Any

from .advice import advice
from .block import Poll
from .rounds import OPEN, SELF_PACED, Round, tells_all, tells_answered
from .tally import Group, right_share, tally

EVERYONE = ""
TEACHING = "teaching"

Numbers = Mapping[tuple[str, int], list[Group]]


def answered(poll: str) -> str:
    """The audience of those who have answered a poll."""
    return f"answered:{poll}"


class Cells:
    """The polls of one lesson at one moment."""

    def __init__(self, polls: Mapping[str, Poll], rounds: Mapping[str, Round], numbers: Numbers, now: float) -> None:
        self._polls, self._rounds, self._numbers, self._now = polls, rounds, numbers, now

    def of(self, audience: str) -> dict[str, Any]:
        """The cells of one audience; no name stands in the cells of two."""
        if audience == EVERYONE:
            return self._of_everyone()
        if audience == TEACHING:
            return {f"{poll}:class": self.of_class(poll) for poll in self._polls}
        poll = audience.partition(":")[2]
        told = poll in self._polls and self._is_for_answered(poll)
        return {f"{poll}:tally": self.tallies(poll)} if told else {}

    def _of_everyone(self) -> dict[str, Any]:
        told = {poll: self.state(poll) for poll in self._polls}
        return told | {f"{poll}:tally": self.tallies(poll) for poll in self._polls if self._is_for_all(poll)}

    def round(self, poll: str) -> Round:
        return self._rounds.get(poll, SELF_PACED)

    def state(self, poll: str) -> dict[str, Any]:
        round_ = self.round(poll)
        closes_at = None if round_.closes_at is None else round(round_.closes_at * 1000)
        state = round_.state(self._now)
        return {
            "round": round_.number,
            "state": state,
            "closes_at": closes_at if state == OPEN else None,
            "answers": self.answers(poll, round_.number),
        }

    def answers(self, poll: str, round_: int) -> int:
        return sum(group.answers for group in self._numbers.get((poll, round_), ()))

    def last_id(self, poll: str) -> int | None:
        """The id of the latest counted answer in the current round."""
        groups = self._numbers.get((poll, self.round(poll).number), ())
        return max((group.last_id for group in groups), default=None)

    def tallies(self, poll: str) -> dict[str, dict[str, int]]:
        """The numbers of all rounds so far; only the last one can still be open, and is then told in pairs."""
        last = self.round(poll)
        return {
            str(number): tally(self._numbers[poll, number], number < last.number or self._is_over(last))
            for number in range(last.number + 1)
            if (poll, number) in self._numbers
        }

    def of_class(self, poll: str) -> dict[str, Any]:
        """An instructor's numbers of a poll; the room adds those of the people present."""
        if not self._is_for_class(poll):
            return {}
        tallies = self.tallies(poll)
        last = tallies.get(str(self.round(poll).number), {})
        return {"tally": tallies, "advice": advice(right_share(self._polls[poll], last))}

    def may_see(self, poll: str, has_answered: bool, is_instructor: bool) -> bool:
        """Whether someone may see the numbers of a poll."""
        if self._is_for_all(poll) or (has_answered and tells_answered(self._polls[poll], self.round(poll), self._now)):
            return True
        return is_instructor and self._is_for_class(poll)

    def _is_over(self, round_: Round) -> bool:
        return round_.state(self._now) != OPEN

    def _is_for_all(self, poll: str) -> bool:
        return tells_all(self._polls[poll], self.round(poll), self._now)

    def _is_for_answered(self, poll: str) -> bool:
        return not self._is_for_all(poll) and tells_answered(self._polls[poll], self.round(poll), self._now)

    def _is_for_class(self, poll: str) -> bool:
        return self.round(poll).number == 0 or self._is_over(self.round(poll))
