"""Find the lessons finished today without reading all that were ever finished."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_index("ix_completions_completed_at", "completions", ["completed_at"])
