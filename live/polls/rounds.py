"""The rounds of a poll, and what may be published when. Pure; times are Unix seconds.

Round 0 is self-paced and always open. An instructor opens rounds 1, 2, ... for the class, closes and shows them;
between two rounds no one sees numbers, for those would pull the next answers towards the most common one.
"""

from dataclasses import dataclass

from .block import Poll

OPEN, CLOSED, SHOWN = "open", "closed", "shown"


@dataclass(frozen=True)
class Round:
    number: int = 0
    closes_at: float | None = None
    closed_at: float | None = None
    shown_at: float | None = None

    def state(self, now: float) -> str:
        if self.shown_at is not None:
            return SHOWN
        is_over = self.closed_at is not None or (self.closes_at is not None and self.closes_at <= now)
        return CLOSED if is_over else OPEN

    def left(self, now: float) -> float | None:
        """Seconds until the countdown ends; None without a countdown, or once the round is closed."""
        if self.closes_at is None or self.state(now) != OPEN:
            return None
        return self.closes_at - now


SELF_PACED = Round()


def tells_all(poll: Poll, round_: Round, now: float) -> bool:
    """Whether everyone gets the numbers, even those who have not answered."""
    state = round_.state(now)
    return state == SHOWN or poll.results == "always" or (poll.results == "closed" and state == CLOSED)


def tells_answered(poll: Poll, round_: Round, now: float) -> bool:
    """Whether those who have answered get the numbers."""
    return tells_all(poll, round_, now) or (poll.results == "answered" and round_.number == 0)


def reveals_answer(poll: Poll, round_: Round, now: float, has_answered: bool) -> bool:
    """Whether someone may learn which option is right. In a round for the class, no one may until it is shown."""
    if round_.state(now) == OPEN:
        return has_answered and round_.number == 0 and poll.results != "closed"
    return round_.state(now) == SHOWN or poll.results == "closed"


def may_change(poll: Poll) -> bool:
    """Whether an answer may be changed while the round is open: no numbers were shown, or they always are."""
    return poll.results in ("closed", "always")
