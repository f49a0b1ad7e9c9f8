"""The polls' rows: write an answer, open and close rounds, and count. Every function is one short transaction.

The statements of an answer are made once, because making one costs as much as SQLite needs to run it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, Table, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import now
from live.participants import Participant
from web.db import db
from web.quick_insert import QuickInsert
from web.quick_query import QuickQuery

from .models import PollAnswer, PollRound
from .rounds import Round
from .tally import Group


class Answer(NamedTuple):
    """One person's answer in a round."""

    id: int
    option: str


Numbers = dict[tuple[str, int], list[Group]]
# Of the tables and not of the classes: the ORM would cost half as much again.
_ANSWERS, _ROUNDS = cast(Table, PollAnswer.__table__), cast(Table, PollRound.__table__)
_A, _R = _ANSWERS.c, _ROUNDS.c
_ADD = QuickInsert(_ANSWERS)
_ANSWERED = QuickQuery(select(_A.poll).where(_A.user_id == bindparam("user"), _A.place == bindparam("at")).distinct())
_NUMBERS = QuickQuery(
    select(_A.poll, _A.round, _A.option, func.count(), func.max(_A.id))
    .where(_A.place == bindparam("at"), _A.counted)
    .group_by(_A.poll, _A.round, _A.option)
)
_CHOICES = QuickQuery(
    select(_A.poll, _A.round, _A.id, _A.option).where(_A.user_id == bindparam("user"), _A.place == bindparam("at"))
)
_ROUNDS_AT = QuickQuery(
    select(_R.poll, _R.round, _R.closes_at, _R.closed_at, _R.shown_at)
    .where(_R.place == bindparam("at"))
    .order_by(_R.round)
)


def add(by: Participant, place: str, poll: str, round_: int, option: str) -> bool:
    """Write an answer; False when this person has one in this round already."""
    row: dict[str, Any] = {"place": place, "poll": poll, "round": round_, "option": option}
    who = {"user_id": by.id, "counted": by.is_counted, "simulated": by.is_simulated}
    return _ADD.add(**row, **who, answered_at=now())


def change(by: Participant, place: str, poll: str, round_: int, option: str) -> bool:
    """Choose another option. A counted answer stays as it is while its author is hidden; then False."""
    mine = update(PollAnswer).filter_by(user_id=by.id, place=place, poll=poll, round=round_)
    if by.is_hidden:
        mine = mine.filter_by(counted=False)
    changed = cast(CursorResult[Any], db.session.execute(mine.values(option=option))).rowcount
    db.session.commit()
    return bool(changed)


def choices(user_id: int, place: str) -> dict[str, dict[int, Answer]]:
    """The answers of one person at a place: by poll, then by round."""
    found: dict[str, dict[int, Answer]] = defaultdict(dict)
    for poll, round_, *answer in _CHOICES.rows(user=user_id, at=place):
        found[poll][round_] = Answer(*answer)
    return found


def answered_polls(user_id: int, place: str) -> list[str]:
    """The polls at a place that a person has answered, in whichever round."""
    return [poll for (poll,) in _ANSWERED.rows(user=user_id, at=place)]


def numbers(place: str) -> Numbers:
    """The counted answers at a place, by poll and round."""
    found: Numbers = defaultdict(list)
    for poll, round_, option, answers, last_id in _NUMBERS.rows(at=place):
        found[poll, round_].append(Group(option, answers, last_id))
    return found


def answered_by(place: str, poll: str, round_: int, user_ids: Iterable[int]) -> int:
    """The number of these people who have answered, of those whose answers count."""
    theirs = select(PollAnswer.user_id).filter_by(place=place, poll=poll, round=round_, counted=True)
    return len(set(db.session.scalars(theirs)) & set(user_ids))


def rounds(place: str) -> dict[str, Round]:
    """The latest round of each poll at a place that was ever asked."""
    return {poll: Round(*row) for poll, *row in _ROUNDS_AT.rows(at=place)}


def open_round(place: str, poll: str, number: int, now: float, closes_at: float | None) -> bool:
    """Open a round; False when another instructor was faster."""
    db.session.add(PollRound(place=place, poll=poll, round=number, opened_at=now, closes_at=closes_at))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def end_round(place: str, poll: str, number: int, **moments: float) -> None:
    """Set `closed_at` or `shown_at` of a round, unless they are set already."""
    for name, moment in moments.items():
        column = getattr(PollRound, name)
        row = update(PollRound).filter_by(place=place, poll=poll, round=number).where(column.is_(None))
        db.session.execute(row.values({name: moment}))
    db.session.commit()


def delete_simulated() -> list[str]:
    """Delete the answers of simulated classmates. Returns the places where there were some."""
    places = list(db.session.scalars(select(PollAnswer.place).filter_by(simulated=True).distinct()))
    db.session.execute(delete(PollAnswer).filter_by(simulated=True))
    db.session.commit()
    return places
