"""Which lessons a user has done: one row a user and lesson."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import now
from db import db


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
