"""The reactions' rows: set one to the wanted state, and count. Every function is one short transaction.

The statements of a reaction are made once, because making one costs as much as SQLite needs to run it.
"""

from collections import defaultdict
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from live.participants import Participant
from web.db import db
from web.quick_query import QuickQuery

from .counting import LOST_DAYS
from .models import Reaction

DAY = 86_400
Counts = dict[str, dict[str, int]]
Moment = float | ColumnElement[float]
# Of the table and not of the class: the ORM would cost half as much again.
_TABLE = cast(Table, Reaction.__table__)
_C = _TABLE.c


def _holds(oldest: Moment) -> ColumnElement[bool]:
    """Whether a reaction still counts: "lost" fades, for the lesson may be clearer by then."""
    return or_(_C.kind != "lost", _C.reacted_at > oldest)


_HOLDS = _holds(bindparam("oldest"))
_COUNTED_AT = (_C.place == bindparam("at"), _C.counted, _HOLDS)
_MINE = (
    _C.user_id == bindparam("user"),
    _C.place == bindparam("at"),
    _C.anchor == bindparam("part"),
    _C.kind == bindparam("which"),
)
_ADD = insert(_TABLE)
_STAYS = select(_C.id).where(*_MINE, _C.counted, _HOLDS)
_REMOVE = delete(_TABLE).where(*_MINE)
_COUNTS = QuickQuery(select(_C.anchor, _C.kind, func.count()).where(*_COUNTED_AT).group_by(_C.anchor, _C.kind))
_ALL_MINE = QuickQuery(
    select(_C.anchor, _C.kind).where(_C.user_id == bindparam("user"), _C.place == bindparam("at"), _HOLDS)
)
_COUNTS_OF_PART = select(_C.kind, func.count()).where(*_COUNTED_AT, _C.anchor == bindparam("part")).group_by(_C.kind)


def add(by: Participant, place: str, anchor: str, kind: str, now: float) -> None:
    """Let a reaction be there. One that has faded is new again; any other stays as it is."""
    row = {"counted": by.is_counted, "simulated": by.is_simulated, "reacted_at": now}
    mine = {"user_id": by.id, "place": place, "anchor": anchor, "kind": kind}
    try:
        db.session.execute(_ADD, {**mine, **row})
    except IntegrityError:
        db.session.rollback()
        faded = update(Reaction).filter_by(**mine).where(~_holds(_oldest(now)))
        db.session.execute(faded.values(row))
    db.session.commit()


def remove(by: Participant, place: str, anchor: str, kind: str, now: float) -> bool:
    """Let a reaction not be there. A counted one stays while its author is hidden; then False."""
    mine = {"user": by.id, "at": place, "part": anchor, "which": kind}
    if by.is_hidden and db.session.scalar(_STAYS, {**mine, "oldest": _oldest(now)}) is not None:
        return False
    db.session.execute(_REMOVE, mine)
    db.session.commit()
    return True


def counts(place: str, now: float) -> Counts:
    """The counted reactions at a place: by anchor, then by kind."""
    found: Counts = defaultdict(dict)
    for anchor, kind, number in _COUNTS.rows(at=place, oldest=_oldest(now)):
        found[anchor][kind] = number
    return found


def counts_of_part(place: str, anchor: str, now: float) -> dict[str, int]:
    """The counted reactions to one part of a lesson, by kind."""
    here = {"at": place, "part": anchor, "oldest": _oldest(now)}
    return {kind: number for kind, number in db.session.execute(_COUNTS_OF_PART, here)}


def mine(user_id: int, place: str, now: float) -> dict[str, set[str]]:
    """The reactions of one person at a place: the kinds by anchor."""
    found: dict[str, set[str]] = defaultdict(set)
    for anchor, kind in _ALL_MINE.rows(user=user_id, at=place, oldest=_oldest(now)):
        found[anchor].add(kind)
    return found


def lost(course: str, now: float, days: float) -> dict[tuple[str, str], int]:
    """The number of those who are lost, by place and anchor, in a course within the last days."""
    columns = (Reaction.place, Reaction.anchor)
    recent = (Reaction.kind == "lost", Reaction.counted, Reaction.reacted_at > now - days * DAY)
    here = select(*columns, func.count()).where(Reaction.place.startswith(f"{course}/", autoescape=True), *recent)
    return {(place, anchor): number for place, anchor, number in db.session.execute(here.group_by(*columns))}


def totals(course: str, now: float) -> dict[str, Counts]:
    """All counted reactions of a course: by place, anchor and kind."""
    columns = (Reaction.place, Reaction.anchor, Reaction.kind)
    below = Reaction.place.startswith(f"{course}/", autoescape=True)
    found: dict[str, Counts] = defaultdict(lambda: defaultdict(dict))
    here = select(*columns, func.count()).where(below, Reaction.counted, _holds(_oldest(now))).group_by(*columns)
    for place, anchor, kind, number in db.session.execute(here):
        found[place][anchor][kind] = number
    return found


def of(user_id: int) -> list[Reaction]:
    return list(db.session.scalars(select(Reaction).filter_by(user_id=user_id).order_by(Reaction.id)))


def delete_simulated() -> list[str]:
    """Delete the reactions of simulated classmates. Returns the places where they had reacted."""
    places = list(db.session.scalars(select(Reaction.place).filter_by(simulated=True).distinct()))
    db.session.execute(delete(Reaction).filter_by(simulated=True))
    db.session.commit()
    return places


def _oldest(now: float) -> float:
    """Since when a "lost" counts."""
    return now - LOST_DAYS * DAY
