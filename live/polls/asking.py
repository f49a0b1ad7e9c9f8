"""Actions on a poll: answer it and, as an instructor, ask the class, close a round and show it.

Every function checks, writes and commits; the room and the views tell others. Raises Refused with a sentence.
"""

from dataclasses import dataclass

from courses import Lesson
from live.participants import Participant
from live.refused import Refused
from web.quick_query import on_one_connection

from . import store
from .block import Poll
from .rounds import OPEN, SELF_PACED, Round, may_change, reveals_answer

COUNTDOWNS = (0, 30, 60, 120)


@dataclass(frozen=True)
class Reply:
    """The reply to an answer; it leaves out the right option while the round keeps it back."""

    right: bool | None = None
    explain: str = ""


def polls_of(lesson: Lesson) -> dict[str, Poll]:
    """The polls of a lesson by their id, in the order of the text."""
    return {part.id: part.value for part in lesson.parts if getattr(part, "kind", None) == "poll"}


def find(lesson: Lesson, poll: str) -> Poll:
    found = polls_of(lesson).get(poll)
    if found is None:
        raise Refused(f"There is no poll '{poll}' on this lesson.", 404)
    return found


@on_one_connection
def answer(by: Participant, lesson: Lesson, poll_id: str, option: str, now: float) -> Reply:
    """Write an answer in the round that is open."""
    poll = find(lesson, poll_id)
    if not option:
        raise Refused("Choose one of the answers.", 422)
    if not poll.has(option):
        raise Refused(f"The poll '{poll_id}' has no answer '{option}'.", 422)
    round_ = store.rounds(lesson.place).get(poll_id, SELF_PACED)
    if round_.state(now) != OPEN:
        raise Refused("This round is over.")
    if not store.add(by, lesson.place, poll_id, round_.number, option):
        _change(by, lesson, poll, round_, option)
    if not reveals_answer(poll, round_, now, has_answered=True):
        return Reply()
    return Reply(poll.is_right(option), poll.explain)


def _change(by: Participant, lesson: Lesson, poll: Poll, round_: Round, option: str) -> None:
    if not may_change(poll):
        raise Refused("You've already answered.")
    if not store.change(by, lesson.place, poll.id, round_.number, option):
        raise Refused("You're hidden now, and this answer is already counted, so it can't be changed.")


def ask(by: Participant, lesson: Lesson, poll_id: str, seconds: int, now: float) -> float | None:
    """Open the next round for the class; returns when its countdown ends, if it has one."""
    _require_instructor(by)
    find(lesson, poll_id)
    if seconds not in COUNTDOWNS:
        raise Refused(f"A countdown takes 30, 60 or 120 seconds, or 0 for none, not {seconds}.", 422)
    round_ = store.rounds(lesson.place).get(poll_id, SELF_PACED)
    if round_.number and round_.state(now) == OPEN:
        raise Refused("The class is already being asked.")
    closes_at = now + seconds if seconds else None
    if not store.open_round(lesson.place, poll_id, round_.number + 1, now, closes_at):
        raise Refused("The class is already being asked.")
    return closes_at


def close(by: Participant, lesson: Lesson, poll_id: str, now: float) -> None:
    """Close the round that is open. Closing twice is not an error: two instructors may press at once."""
    store.end_round(lesson.place, poll_id, _asked(by, lesson, poll_id).number, closed_at=now)


def show(by: Participant, lesson: Lesson, poll_id: str, now: float) -> None:
    """Show all rounds to everyone; this closes the round as well."""
    store.end_round(lesson.place, poll_id, _asked(by, lesson, poll_id).number, closed_at=now, shown_at=now)


def _asked(by: Participant, lesson: Lesson, poll_id: str) -> Round:
    _require_instructor(by)
    find(lesson, poll_id)
    round_ = store.rounds(lesson.place).get(poll_id)
    if round_ is None:
        raise Refused("The class has not been asked yet.")
    return round_


def _require_instructor(by: Participant) -> None:
    if not by.is_instructor:
        raise Refused("Only an instructor can ask the class.", 403)
