"""Sign-ins as rows: start one, end one, end all of a user's.

Ending deletes the row, commits, and then sends `signed_out`, so a receiver of the signal finds the session gone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import current_app, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import current_user, login_user

from web import db as database
from web.db import db

from . import avatars, sample_users
from .models import User, UserSession, now
from .signals import sender, signed_out

# A sign-in lasts this long at most, whatever a copied cookie says; the remember cookie gets the same duration.
LIFETIME = timedelta(days=30)


def load(token: object) -> User | None:
    """The user of a live session, with `session` and `simulated` set. The only query of a page that needs no other."""
    if not isinstance(token, str) or not database.usable():
        return None
    live = (UserSession.token == token) & (UserSession.created_at > now() - LIFETIME)
    row = db.session.execute(db.select(User, UserSession).join_from(UserSession, User).where(live)).first()
    if row is None or (row.User.is_sample and not sample_users.enabled()):
        return None
    row.User.session, row.User.simulated = row.UserSession.token, row.UserSession.simulated
    return row.User


def issue(user: User, simulated: bool = False) -> str:
    """Write a new session of `user` and delete those that are too old; returns its token."""
    user_id, old = user.id, (UserSession.user_id == user.id) & (UserSession.created_at <= now() - LIFETIME)
    stale = list(db.session.scalars(db.select(UserSession.token).where(old)))
    db.session.execute(db.delete(UserSession).where(UserSession.token.in_(stale)))
    row = UserSession(user_id=user_id, simulated=simulated)
    db.session.add(row)
    db.session.commit()
    token = row.token
    for ended in stale:
        _notify(user_id, ended, None, "You were signed in for long enough. Sign in again.")
    return token


def cookie(token: str) -> str:
    """The session cookie of a session, for a client that signs in beside the browser: `name=value`."""
    interface = cast(SecureCookieSessionInterface, current_app.session_interface)
    signer = interface.get_signing_serializer(current_app)
    if signer is None:
        raise RuntimeError("Cookies cannot be signed without SECRET_KEY.")
    return f"{current_app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token})}"


def start(user: User, remember: bool, simulated: bool = False) -> str:
    """Sign `user` in on this request. A user who was signed in here before is signed out first."""
    if current_user.is_authenticated:
        end(current_user.session)
    token = issue(user, simulated)
    # A new session holds nothing of the guest's, its form token included.
    session.clear()
    user.session, user.simulated = token, simulated
    login_user(user, remember=remember, duration=LIFETIME)
    return token


def end(token: str, reason: str = "You signed out.") -> None:
    """End one session; no error when it has ended already."""
    row = db.session.get(UserSession, token)
    if row is None:
        return
    user_id = row.user_id
    db.session.delete(row)
    db.session.commit()
    _notify(user_id, token, None, reason)


def end_all(user: User, keep: str | None = None, reason: str = "You were signed out everywhere.") -> None:
    """End every session of `user` but `keep`, in one commit with the changes made before."""
    user_id = user.id
    db.session.execute(db.delete(UserSession).where(UserSession.user_id == user_id, UserSession.token != (keep or "")))
    db.session.commit()
    _notify(user_id, None, keep, reason)


def end_with_account(user: User) -> None:
    """Delete `user`. Sessions and progress go with the row; the picture and the open sockets right after it."""
    user_id, avatar = user.id, user.avatar
    db.session.execute(db.delete(User).where(User.id == user_id))
    db.session.commit()
    avatars.discard(avatar)
    _notify(user_id, None, None, "Your account was deleted.")


@dataclass(frozen=True)
class SignIn:
    """A live session for its owner: its start, and whether this request belongs to it."""

    since: datetime
    is_this: bool


def live_sessions(user: User) -> list[SignIn]:
    """The live sessions of `user`: this one first, then the latest."""
    live = (UserSession.user_id == user.id) & (UserSession.created_at > now() - LIFETIME)
    rows = db.session.scalars(db.select(UserSession).where(live).order_by(UserSession.created_at.desc()))
    # SQLite gives the time back without its zone.
    found = [SignIn(row.created_at.replace(tzinfo=UTC), row.token == user.session) for row in rows]
    return sorted(found, key=lambda one: not one.is_this)


def _notify(user_id: int, token: str | None, keep: str | None, reason: str) -> None:
    signed_out.send(sender(), user_id=user_id, session=token, keep=keep, reason=reason)
