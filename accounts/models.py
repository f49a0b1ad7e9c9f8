"""The tables of users and their sessions.

A sign-in is a `UserSession` row. The session cookie and the remember cookie both carry its token and nothing else, and
the row is found by the token's digest, so deleting the row ends both, wherever copies of them are.
"""

import secrets
from datetime import UTC, datetime

from flask_login import UserMixin
from sqlalchemy import DateTime, ForeignKey, String, event
from sqlalchemy.orm import Mapped, mapped_column, object_session

from web.db import db

from . import name_rules

ROLES = ("learner", "instructor")
VISIBILITIES = ("everyone", "anonymous", "hidden")


def now() -> datetime:
    return datetime.now(UTC)


def new_alias() -> str:
    return secrets.token_urlsafe(24)


class User(UserMixin, db.Model):  # type: ignore[name-defined]
    """An account. Presence derives the public key from `alias`, which changes when the user becomes less visible."""

    __tablename__ = "users"
    # An id is never reused, so no user inherits what a deleted account left in a process's memory.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(256))
    role: Mapped[str] = mapped_column(String(16), default="learner")
    visibility: Mapped[str] = mapped_column(String(16), default="everyone")
    avatar: Mapped[str] = mapped_column(String(200), default="", index=True)
    # The country that the user has chosen a flag of (ISO 3166-1), or "": never guessed, see countries.py.
    flag: Mapped[str] = mapped_column(String(2), default="", server_default="")
    alias: Mapped[str] = mapped_column(String(40), default=new_alias)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # Grows with every change, so a process can tell which of two versions of a user is the newer one.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    # Set when the user is loaded for a request: the token and digest of this sign-in, and whether a simulated classmate
    # made it.
    __allow_unmapped__ = True
    token: str | None = None
    session: str | None = None
    simulated: bool = False

    def get_id(self) -> str | None:
        """Flask-Login's id of a signed-in user: the session's token, not the account's number."""
        return self.token

    def set_visibility(self, visibility: str) -> bool:
        """Set it; returns whether the user becomes less visible, which also changes their public key."""
        less = visibility not in ("everyone", self.visibility)
        if less:
            self.alias = new_alias()
        self.visibility = visibility
        return less


@event.listens_for(User, "before_update")
def count_revision(_mapper: object, _connection: object, user: User) -> None:
    # Counted by the database, or two changes at the same time could get the same number.
    session = object_session(user)
    if session and session.is_modified(user):
        user.revision = User.__table__.c.revision + 1


class UserSession(db.Model):  # type: ignore[name-defined]
    """One sign-in."""

    __tablename__ = "user_sessions"

    # Of the token, see session_tokens.py.
    digest: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    simulated: Mapped[bool] = mapped_column(default=False)


def find(username: str) -> User | None:
    """The user of that name, written in any case; None when there is none."""
    username = username.strip().lower()
    if not name_rules.USERNAME.fullmatch(username):
        return None
    return db.session.scalar(db.select(User).where(User.username == username))
