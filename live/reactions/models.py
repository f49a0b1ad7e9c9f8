"""The table of reactions: a row per person, chapter and kind; without a row there is no reaction.

Reactions outlive their author's account, as a number: `user_id` becomes NULL. `reacted_at` is Unix seconds, of the
clock that presence goes by.
"""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from web.db import db


class Reaction(db.Model):  # type: ignore[name-defined]
    """`anchor` is a chapter's, or "" for the lesson. `counted`: whether it is in the numbers of others."""

    __tablename__ = "reactions"
    __table_args__ = (
        UniqueConstraint("user_id", "place", "anchor", "kind"),
        Index("ix_reactions_numbers", "place", "counted", "anchor", "kind", "reacted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(200))
    anchor: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16))
    counted: Mapped[bool]
    simulated: Mapped[bool] = mapped_column(default=False)
    reacted_at: Mapped[float]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
