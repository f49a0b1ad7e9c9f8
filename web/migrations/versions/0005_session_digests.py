"""Store sessions under a keyed digest of their token, so a copy of the database signs no one in."""

import base64
import hashlib
import hmac

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("ALTER TABLE user_sessions RENAME COLUMN token TO digest")
    rename = sa.text("UPDATE user_sessions SET digest = :digest WHERE digest = :token")
    for (token,) in op.get_bind().execute(sa.text("SELECT digest FROM user_sessions")).all():
        op.get_bind().execute(rename, {"digest": digest_of(token), "token": token})


def digest_of(token: str) -> str:
    """As accounts/session_tokens.py did it when this revision was written."""
    key = hashlib.sha256(f"session {current_app.config['SECRET_KEY']}".encode()).digest()
    return base64.urlsafe_b64encode(hmac.digest(key, token.encode(), "sha256")[:30]).decode()
