"""Add the table of reactions to lessons and chapters."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # A database of the day before revisions may have the table already, and no stamp.
    op.create_table(
        "reactions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("anchor", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("reacted_at", sa.Double, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.UniqueConstraint("user_id", "place", "anchor", "kind"),
        if_not_exists=True,
    )
    columns = ["place", "counted", "anchor", "kind", "reacted_at"]
    op.create_index("ix_reactions_numbers", "reactions", columns, if_not_exists=True)
