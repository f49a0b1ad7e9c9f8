"""Sign-ins as rows: start one, end one, end all of a user's.

Ending deletes the row, commits, and then sends `signed_out`, so a receiver of the signal finds the session gone.
"""

from datetime import UTC, timedelta
from typing import Any, cast

from flask import current_app, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import current_user, login_user
from sqlalchemy import CursorResult

from web.db import db

from . import session_tokens
from .models import User, UserSession, now
from .signals import notify_signed_out

# A sign-in lasts this long at most, whatever a copied cookie says; the remember cookie gets the same duration.
LIFETIME = timedelta(days=30)
TOO_OLD = "Your sign-in has expired. Sign in again."
# More than anyone has devices. Without a bound, a script that signs in all day would make every list of them long.
MOST = 50
TOO_MANY = f"You've signed in {MOST} times since, so this sign-in has ended."


def lock(user_id: int, checked_hash: str | None = None) -> bool:
    """Lock the user's row until the commit, so that what was checked before a wait still holds.

    False when the account is gone, or its password is no longer the one that `checked_hash` was made from.
    """
    row = User.__table__
    same = row.c.id == user_id
    if checked_hash is not None:
        same &= row.c.password_hash == checked_hash
    locked = db.session.execute(db.update(row).where(same).values(role=row.c.role))
    return cast(CursorResult[Any], locked).rowcount == 1


class Outdated(Exception):
    """The account is gone, or its password is no longer the one that was checked."""


def issue(user: User, simulated: bool = False, checked_hash: str | None = None) -> str:
    """Write a new session of `user`, ending surplus ones; returns its token. Raises Outdated."""
    user_id, token = user.id, session_tokens.new()
    if not lock(user_id, checked_hash):
        db.session.rollback()
        raise Outdated
    surplus = _end_surplus(user_id, simulated)
    db.session.add(UserSession(digest=session_tokens.digest(token), user_id=user_id, simulated=simulated))
    db.session.commit()
    for ended, reason in surplus:
        notify_signed_out(user_id, ended, None, reason)
    return token


def _end_surplus(user_id: int, simulated: bool) -> list[tuple[str, str]]:
    """Delete the sessions that are too old, and the oldest of too many; returns each with the reason.

    A simulated classmate gives way to a person: they would be one user, with the label of the classmate.
    """
    rows = db.session.scalars(db.select(UserSession).where(UserSession.user_id == user_id))
    newest = sorted(rows, key=lambda row: row.created_at, reverse=True)
    live = [row for row in newest[: MOST - 1] if row.created_at.replace(tzinfo=UTC) > now() - LIFETIME]
    kept = {row.digest for row in live if simulated or not row.simulated}
    gone = (UserSession.user_id == user_id) & UserSession.digest.not_in(kept)
    db.session.execute(db.delete(UserSession).where(gone))
    return [
        (row.digest, TOO_OLD if at < MOST - 1 else TOO_MANY) for at, row in enumerate(newest) if row.digest not in kept
    ]


def cookie(token: str) -> str:
    """The session cookie of a session, for a client that signs in beside the browser: `name=value`."""
    interface = cast(SecureCookieSessionInterface, current_app.session_interface)
    signer = interface.get_signing_serializer(current_app)
    if signer is None:
        raise RuntimeError("Cookies cannot be signed without SECRET_KEY.")
    return f"{current_app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token})}"


def start(user: User, remember: bool, checked_hash: str | None = None) -> None:
    """Sign `user` in on this request, in place of a user who was signed in here before. Raises Outdated."""
    before = current_user.session if current_user.is_authenticated else None
    token = issue(user, checked_hash=checked_hash)
    if before:
        end(before)
    # A new session holds nothing of the guest's, its form token included.
    session.clear()
    user.token, user.session, user.simulated = token, session_tokens.digest(token), False
    login_user(user, remember=remember, duration=LIFETIME)


def end(digest: str) -> None:
    """End one session; no error when it has ended already."""
    row = db.session.get(UserSession, digest)
    if row is None:
        return
    user_id = row.user_id
    db.session.delete(row)
    db.session.commit()
    notify_signed_out(user_id, digest, None, "You signed out.")


def end_all(user: User, keep: str | None = None, reason: str = "You were signed out everywhere.") -> None:
    """End every session of `user` but `keep`, in one commit with the changes made before."""
    user_id = user.id
    db.session.execute(db.delete(UserSession).where(UserSession.user_id == user_id, UserSession.digest != (keep or "")))
    db.session.commit()
    notify_signed_out(user_id, None, keep, reason)
