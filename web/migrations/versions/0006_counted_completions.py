"""Keep with each finished lesson whether it is in the numbers of others."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("completions", sa.Column("counted", sa.Boolean, server_default=sa.true(), nullable=False))
    users = sa.table("users", sa.column("id"), sa.column("visibility"))
    completions = sa.table("completions", sa.column("user_id"), sa.column("counted", sa.Boolean))
    hidden = sa.select(users.c.id).where(users.c.visibility == "hidden")
    op.execute(completions.update().where(completions.c.user_id.in_(hidden)).values(counted=sa.false()))
