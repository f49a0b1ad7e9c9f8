"""Changes that the account page makes: password, sign-ins, and the account itself; the profile: profile_changes.py.

Each function of SAVE takes a valid form. False, with a message in one of its fields, when nothing was changed.
"""

from collections.abc import Callable
from typing import Any

from flask import flash, session
from flask_login import current_user, logout_user
from wtforms import Field

from web.db import db

from . import account_deletion, attempt_limits, passwords, session_account, sessions
from .forms import DeleteForm, PasswordForm, SessionsForm
from .profile_changes import save_presence, save_profile


def save_password(form: PasswordForm) -> bool:
    checked_hash = confirmed_hash(form.old_password)
    if checked_hash is None:
        return False
    password_hash = passwords.hash_password(form.new_password.data)
    session_account.recheck()
    if not sessions.lock(current_user.id, checked_hash):
        return refuse_outdated(form.old_password)
    current_user.password_hash = password_hash
    sessions.end_all(current_user, keep=current_user.session, reason="Your password was changed.")
    flash("Password changed. You're signed out everywhere else.")
    return True


def confirmed_hash(field: Field) -> str | None:
    """The user's hash if the field holds their password; else the field gets a message.

    Wrong ones are counted here too: a session may have been left open.
    """
    keys = {"device": current_user.id}
    attempt_limits.count(keys)
    checked_hash = passwords.verify(current_user, field.data or "")
    session_account.recheck()
    if checked_hash is None:
        field.errors = ["That is not your current password."]
        return None
    attempt_limits.refund(keys)
    return checked_hash


def refuse_outdated(field: Field) -> bool:
    db.session.rollback()
    field.errors = ["Your password was changed in another window while this was being saved."]
    return False


def end_sessions(form: SessionsForm) -> bool:
    everywhere = form.which.data == "all"
    sessions.end_all(current_user, keep=None if everywhere else current_user.session)
    if everywhere:
        sign_out_here("You're signed out everywhere.")
    else:
        flash("You're signed out everywhere else.")
    return True


def delete_account(form: DeleteForm) -> bool:
    checked_hash = confirmed_hash(form.password)
    if checked_hash is None:
        return False
    if not sessions.lock(current_user.id, checked_hash):
        return refuse_outdated(form.password)
    account_deletion.delete(current_user._get_current_object())
    sign_out_here("Your account is deleted, along with everything in it.")
    return True


def sign_out_here(message: str) -> None:
    """Make this browser a guest's."""
    session.clear()
    logout_user()
    flash(message)


SAVE: dict[str, Callable[[Any], bool]] = {
    "profile": save_profile,
    "presence": save_presence,
    "password": save_password,
    "sessions": end_sessions,
    "delete": delete_account,
}
