"""Who may sign in, and from where each of them is signed in.

A `UserSession` row is what a sign-in is: the session cookie and the remember cookie both carry its token and nothing
else, so that deleting the row ends both, wherever copies of them may lie.
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


def token() -> str:
    return secrets.token_urlsafe(24)


class User(UserMixin, db.Model):
    """An account. Presence derives the public key from `alias`, which changes when the person goes out of sight."""

    __tablename__ = "users"
    # An id is never given twice: nobody inherits what a deleted account left in a process's memory.
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
    alias: Mapped[str] = mapped_column(String(40), default=token)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # Grows with every change, so that of two processes the one that has not heard of it can be told from the other.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    # Set when the user is loaded for a request: which sign-in this is, and whether a simulated classmate made it.
    session = None
    simulated = False

    def get_id(self):
        """Flask-Login's id of a signed-in user: the session's token, not the account's number."""
        return self.session

    def set_visibility(self, visibility: str) -> bool:
        """Returns whether the user goes out of sight, or further out, with it; then the next key is another one."""
        goes = visibility not in ("everyone", self.visibility)
        if goes:
            self.alias = token()
        self.visibility = visibility
        return goes


@event.listens_for(User, "before_update")
def count_revision(_mapper, _connection, user):
    # Counted by the database: two changes at the same time must not get the same number.
    if object_session(user).is_modified(user):
        user.revision = User.__table__.c.revision + 1


class UserSession(db.Model):
    __tablename__ = "user_sessions"

    token: Mapped[str] = mapped_column(String(40), primary_key=True, default=token)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    simulated: Mapped[bool] = mapped_column(default=False)


def find(username: str) -> User | None:
    username = username.strip().lower()
    if not name_rules.USERNAME.fullmatch(username):
        return None
    return db.session.scalar(db.select(User).where(User.username == username))
