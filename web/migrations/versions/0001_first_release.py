"""Bring a database of the time before revisions to the first numbered schema.

Such a database may be of any commit, so each table, column and index is added only when it is missing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES: dict[str, list[sa.Column[Any]]] = {
    "users": [
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("username", sa.String(30), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("visibility", sa.String(16), nullable=False),
        sa.Column("avatar", sa.String(200), nullable=False),
        sa.Column("alias", sa.String(40), nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ],
    "user_sessions": [
        sa.Column("token", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("simulated", sa.Boolean, nullable=False),
    ],
    "completions": [
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
    ],
    "attendance": [
        sa.Column("course", sa.String(200), primary_key=True),
        sa.Column("grain", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("people", sa.Integer, nullable=False),
    ],
}
INDEXES = {"ix_users_avatar": ("users", "avatar"), "ix_user_sessions_user_id": ("user_sessions", "user_id")}


def upgrade() -> None:
    there = sa.inspect(op.get_bind())
    for table, columns in TABLES.items():
        if not there.has_table(table):
            op.create_table(table, *columns, sqlite_autoincrement=table == "users")
            continue
        present = {column["name"] for column in there.get_columns(table)}
        for column in columns:
            if column.name not in present:
                op.add_column(table, column)
    for name, (table, indexed) in INDEXES.items():
        op.create_index(name, table, [indexed], if_not_exists=True)
