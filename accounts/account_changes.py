"""Changes that the account page makes: profile, visibility, password, sign-ins, and the account itself.

Each function of SAVE takes a valid form. False, with a message in one of its fields, when nothing was changed.
"""

from collections.abc import Callable
from typing import Any

from flask import flash, session
from flask_login import current_user, logout_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from wtforms import Field

from web.db import db

from . import account_deletion, attempt_limits, avatar_files, passwords, sessions
from .form_fields import AvatarField
from .forms import DeleteForm, PasswordForm, PresenceForm, ProfileForm, SessionsForm
from .models import User
from .signals import profile_changed, sender


def save_profile(form: ProfileForm) -> bool:
    url = form.avatar.data
    if form.avatar.upload and (url := store_upload(form.avatar, form.avatar.upload)) is None:
        return False
    try:
        return write_profile(form, url)
    except (SQLAlchemyError, HTTPException):
        # The database is locked, or the account gone: no one owns the picture.
        if form.avatar.upload:
            avatar_files.discard(url)
        raise


def write_profile(form: ProfileForm, avatar: str) -> bool:
    user = locked_user()
    before = user.avatar
    user.name, user.avatar, user.flag = form.name.data, avatar, form.flag.data
    return commit_profile("Profile saved.", before)


def store_upload(field: AvatarField, upload: FileStorage) -> str | None:
    """The URL of the uploaded picture; None, with a message in the field, when it cannot be used."""
    attempt_limits.count({"upload": current_user.id})
    try:
        picture = avatar_files.decode(upload)
        sessions.recheck()
        return avatar_files.store(picture)
    except ValueError as error:
        field.errors = [str(error)]
        return None


def locked_user() -> User:
    """The user, as no other request changes it until the commit."""
    if not sessions.lock(current_user.id):
        sessions.recheck()
    user = current_user._get_current_object()
    db.session.refresh(user)
    return user


def save_presence(form: PresenceForm) -> bool:
    user = locked_user()
    before = user.avatar
    if user.set_visibility(form.visibility.data):
        user.avatar = avatar_files.rename_file(before)
    after = user.avatar
    try:
        return commit_profile("Saved. This applies in all your open tabs.", before)
    except SQLAlchemyError:
        avatar_files.rename_back(after, before)
        raise


def commit_profile(message: str, avatar_before: str) -> bool:
    user = current_user._get_current_object()
    db.session.commit()
    if user.avatar != avatar_before:
        avatar_files.discard(avatar_before)
    profile_changed.send(sender(), user=user)
    flash(message)
    return True


def save_password(form: PasswordForm) -> bool:
    checked_hash = confirmed_hash(form.old_password)
    if checked_hash is None:
        return False
    password_hash = passwords.hash_password(form.new_password.data)
    sessions.recheck()
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
    sessions.recheck()
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
        sign_out_here("You are signed out everywhere.")
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
