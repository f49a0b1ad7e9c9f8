"""The tables of polls: an answer per person and round, and the rounds that an instructor has opened.

Answers outlive their author's account, as a number: `user_id` becomes NULL. Times of rounds are Unix seconds, of the
clock that presence goes by.
"""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from accounts.models import now
from web.db import db


class PollAnswer(db.Model):  # type: ignore[name-defined]
    """`counted`: whether it is in the numbers of others; decided when answering, and never again."""

    __tablename__ = "poll_answers"
    __table_args__ = (
        UniqueConstraint("user_id", "place", "poll", "round"),
        Index("ix_poll_answers_numbers", "place", "counted", "poll", "round", "option"),
        # The order of ids is the order of answers, so an id must not be reused.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(200))
    poll: Mapped[str] = mapped_column(String(60))
    round: Mapped[int]
    option: Mapped[str] = mapped_column(String(60))
    counted: Mapped[bool]
    simulated: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class PollRound(db.Model):  # type: ignore[name-defined]
    __tablename__ = "poll_rounds"

    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    poll: Mapped[str] = mapped_column(String(60), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[float]
    closes_at: Mapped[float | None]
    closed_at: Mapped[float | None]
    shown_at: Mapped[float | None]
