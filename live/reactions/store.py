"""The reactions' rows: set one to the wanted state, and count. Every function is one short transaction."""

from collections import defaultdict

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from live.participants import Participant
from web.db import db

from .counting import LOST_DAYS
from .models import Reaction

DAY = 86_400
Counts = dict[str, dict[str, int]]


def add(by: Participant, place: str, anchor: str, kind: str, now: float) -> None:
    """Let a reaction be there. One that has faded is new again; any other stays as it is."""
    row = {"counted": by.is_counted, "simulated": by.is_simulated, "reacted_at": now}
    mine = {"user_id": by.id, "place": place, "anchor": anchor, "kind": kind}
    try:
        db.session.execute(insert(Reaction).values(**mine, **row))
    except IntegrityError:
        db.session.rollback()
        faded = update(Reaction).filter_by(**mine).where(~_holds(now))
        db.session.execute(faded.values(row))
    db.session.commit()


def remove(by: Participant, place: str, anchor: str, kind: str, now: float) -> bool:
    """Let a reaction not be there. A counted one stays while its author is hidden; then False."""
    mine = (Reaction.user_id == by.id, Reaction.place == place, Reaction.anchor == anchor, Reaction.kind == kind)
    stays = select(Reaction.id).where(*mine, Reaction.counted, _holds(now))
    if by.is_hidden and db.session.scalar(stays) is not None:
        return False
    db.session.execute(delete(Reaction).where(*mine))
    db.session.commit()
    return True


def counts(place: str, now: float) -> Counts:
    """The counted reactions at a place: by anchor, then by kind."""
    columns = (Reaction.anchor, Reaction.kind)
    found: Counts = defaultdict(dict)
    here = select(*columns, func.count()).where(Reaction.place == place, Reaction.counted, _holds(now))
    for anchor, kind, number in db.session.execute(here.group_by(*columns)):
        found[anchor][kind] = number
    return found


def mine(user_id: int, place: str, now: float) -> dict[str, set[str]]:
    """The reactions of one person at a place: the kinds by anchor."""
    found: dict[str, set[str]] = defaultdict(set)
    own = select(Reaction.anchor, Reaction.kind).where(
        Reaction.user_id == user_id, Reaction.place == place, _holds(now)
    )
    for anchor, kind in db.session.execute(own):
        found[anchor].add(kind)
    return found


def lost(course: str, now: float, days: float) -> dict[tuple[str, str], int]:
    """How many are lost, by place and anchor, in a course within the last days."""
    columns = (Reaction.place, Reaction.anchor)
    recent = (Reaction.kind == "lost", Reaction.counted, Reaction.reacted_at > now - days * DAY)
    here = select(*columns, func.count()).where(Reaction.place.startswith(f"{course}/", autoescape=True), *recent)
    return {(place, anchor): number for place, anchor, number in db.session.execute(here.group_by(*columns))}


def totals(course: str, now: float) -> dict[str, Counts]:
    """All counted reactions of a course: by place, anchor and kind."""
    columns = (Reaction.place, Reaction.anchor, Reaction.kind)
    below = Reaction.place.startswith(f"{course}/", autoescape=True)
    found: dict[str, Counts] = defaultdict(lambda: defaultdict(dict))
    here = select(*columns, func.count()).where(below, Reaction.counted, _holds(now)).group_by(*columns)
    for place, anchor, kind, number in db.session.execute(here):
        found[place][anchor][kind] = number
    return found


def of(user_id: int) -> list[Reaction]:
    return list(db.session.scalars(select(Reaction).filter_by(user_id=user_id).order_by(Reaction.id)))


def delete_simulated() -> None:
    db.session.execute(delete(Reaction).filter_by(simulated=True))
    db.session.commit()


def _holds(now: float) -> ColumnElement[bool]:
    """Whether a reaction still counts: "lost" fades, for the lesson may be clearer by then."""
    return or_(Reaction.kind != "lost", Reaction.reacted_at > now - LOST_DAYS * DAY)
