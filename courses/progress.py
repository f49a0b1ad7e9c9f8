"""The lessons that each user has done, one row per user and lesson.

A row keeps the place that the lesson had then. Reading goes by the lesson's names, old and new (`Catalog.moved`), so
renaming a lesson, and renaming it back, changes no row.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TypeAlias

from flask import Flask
from flask_login import AnonymousUserMixin
from sqlalchemy import DateTime, ForeignKey, String, bindparam, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User, now
from web.db import db
from web.quick_query import QuickQuery

from .catalog import Catalog
from .current import current_catalog

Viewer: TypeAlias = User | AnonymousUserMixin

MAX_LOST = 10
IDS_A_QUERY = 500


class Completion(db.Model):  # type: ignore[name-defined]
    __tablename__ = "completions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    completed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, index=True)
    # Decided when finishing, and not again: hiding or coming back moves no number.
    counted: Mapped[bool] = mapped_column(default=True, server_default=true())


def mark(user: User, place: str) -> None:
    if any(db.session.get(Completion, (user.id, name)) for name in current_catalog().names(place)):
        return
    db.session.add(Completion(user_id=user.id, place=place, counted=user.visibility != "hidden"))
    try:
        db.session.commit()
    except IntegrityError:
        # The same button pressed in two tabs: the other one was faster, and it is done either way.
        db.session.rollback()


def unmark(user: User, place: str) -> None:
    names = current_catalog().names(place)
    db.session.execute(db.delete(Completion).where(Completion.user_id == user.id, Completion.place.in_(names)))
    db.session.commit()


def done(user: Viewer) -> set[str]:
    """Places of the lessons that `user` has done; empty for a guest."""
    if not user.is_authenticated:
        return set()
    moved = current_catalog().moved
    return {moved.get(place, place) for (place,) in _done.rows(user=user.id)}


_done = QuickQuery(db.select(Completion.place).where(Completion.user_id == bindparam("user")))


def finished_days(user: Viewer) -> dict[str, date]:
    """{place: local date on which `user` finished the lesson}; empty for a guest."""
    if not user.is_authenticated:
        return {}
    moved = current_catalog().moved
    rows = db.session.execute(db.select(Completion.place, Completion.completed_at).where(Completion.user_id == user.id))
    return {moved.get(place, place): _local(at).date() for place, at in rows}


def finished_days_of(user_ids: Iterable[int]) -> dict[int, dict[str, date]]:
    """The same of several users: only of lessons that they finished while they were counted."""
    moved, found = current_catalog().moved, defaultdict[int, dict[str, date]](dict)
    columns = db.select(Completion.user_id, Completion.place, Completion.completed_at).where(Completion.counted)
    ids = sorted(user_ids)
    for at in range(0, len(ids), IDS_A_QUERY):
        some = columns.where(Completion.user_id.in_(ids[at : at + IDS_A_QUERY]))
        for user_id, place, moment in db.session.execute(some):
            found[user_id][moved.get(place, place)] = _local(moment).date()
    return found


def today() -> date:
    return _local(now()).date()


def _local(moment: datetime) -> datetime:
    # SQLite gives times back without their zone, which is UTC.
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()


def lost(catalog: Catalog) -> list[str]:
    """Warnings about lessons that people have done and that are gone without a new name."""
    counts = db.select(Completion.place, db.func.count()).group_by(Completion.place)
    people = Counter({place: n for place, n in db.session.execute(counts)})
    gone = [(place, n) for place, n in people.most_common() if not catalog.find(catalog.moved.get(place, place))]
    advice = "Was it renamed? Write `formerly: {}` into the front matter of the lesson that it is now."
    return [
        f"{n} {'person has' if n == 1 else 'people have'} finished '{place}', which is gone. {advice.format(place)}"
        for place, n in gone[:MAX_LOST]
    ] + ([f"{len(gone) - MAX_LOST} more finished lessons are gone."] if len(gone) > MAX_LOST else [])


def part_of_data(_app: Flask, user: User) -> dict[str, list[dict[str, str]]]:
    """The user's progress, for the download of their data."""
    rows = db.session.scalars(db.select(Completion).filter_by(user_id=user.id).order_by(Completion.completed_at))
    return {"progress": [{"lesson": row.place, "completed_at": row.completed_at.isoformat()} for row in rows]}
