"""Which lessons a user has done, one row a user and lesson; and how many people finished one today, as a number."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import User, now
from web.db import db

# A number of one would be somebody.
FEWEST = 2


class Completion(db.Model):
    __tablename__ = "completions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    completed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


def mark(user, place: str) -> None:
    if db.session.get(Completion, (user.id, place)):
        return
    db.session.add(Completion(user_id=user.id, place=place))
    try:
        db.session.commit()
    except IntegrityError:
        # The same button pressed in two tabs: the other one was faster, and it is done either way.
        db.session.rollback()


def unmark(user, place: str) -> None:
    db.session.execute(db.delete(Completion).filter_by(user_id=user.id, place=place))
    db.session.commit()


def done(user) -> set[str]:
    """Places of the lessons that `user` has done; empty for a guest."""
    if not user.is_authenticated:
        return set()
    return set(db.session.scalars(db.select(Completion.place).filter_by(user_id=user.id)))


def finished_today(place: str, viewer) -> int | None:
    """How many people besides the viewer finished something at a place or below it since midnight; None under two.

    Midnight is the server's. Whoever is hidden leaves no trace in it, as in every other number.
    """
    people = db.select(db.func.count(db.distinct(Completion.user_id))).join(User, User.id == Completion.user_id)
    counted = people.where(
        User.visibility != "hidden",
        User.id != (viewer.id if viewer.is_authenticated else 0),
        (Completion.place == place) | Completion.place.startswith(f"{place}/", autoescape=True),
        Completion.completed_at >= _midnight(now()),
    )
    n = db.session.scalar(counted) or 0
    return n if n >= FEWEST else None


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone().replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def part_of_data(_app, user) -> dict:
    """What `user` gets of this when they download their data."""
    rows = db.session.scalars(db.select(Completion).filter_by(user_id=user.id).order_by(Completion.completed_at))
    return {"progress": [{"lesson": row.place, "completed_at": row.completed_at.isoformat()} for row in rows]}
