"""The live sessions of a user, as their account page and their data show them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from web.db import db

from .models import User, UserSession, now
from .sessions import LIFETIME


@dataclass(frozen=True)
class LiveSession:
    """`since` is its start, `is_this` whether this request belongs to it."""

    since: datetime
    is_this: bool


def live_sessions(user: User) -> list[LiveSession]:
    """The live sessions of `user`: this one first, then the latest."""
    live = (UserSession.user_id == user.id) & (UserSession.created_at > now() - LIFETIME)
    rows = db.session.scalars(db.select(UserSession).where(live).order_by(UserSession.created_at.desc()))
    # SQLite gives the time back without its zone.
    found = [LiveSession(row.created_at.replace(tzinfo=UTC), row.digest == user.session) for row in rows]
    return sorted(found, key=lambda one: not one.is_this)
