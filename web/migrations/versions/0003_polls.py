"""Add the tables of polls: answers, and the rounds that instructors open."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # A database of the day before revisions may have the tables already, and no stamp.
    _create_answers()
    _create_rounds()


def _create_answers() -> None:
    op.create_table(
        "poll_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("poll", sa.String(60), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("option", sa.String(60), nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.UniqueConstraint("user_id", "place", "poll", "round"),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    columns = ["place", "counted", "poll", "round", "option"]
    op.create_index("ix_poll_answers_numbers", "poll_answers", columns, if_not_exists=True)


def _create_rounds() -> None:
    op.create_table(
        "poll_rounds",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("poll", sa.String(60), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("opened_at", sa.Double, nullable=False),
        sa.Column("closes_at", sa.Double),
        sa.Column("closed_at", sa.Double),
        sa.Column("shown_at", sa.Double),
        if_not_exists=True,
    )
