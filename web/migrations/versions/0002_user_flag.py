"""Add the flag beside a user's name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # A database of the day before revisions may have the column already, and no stamp.
    if "flag" not in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("users")}:
        op.add_column("users", sa.Column("flag", sa.String(2), server_default="", nullable=False))
