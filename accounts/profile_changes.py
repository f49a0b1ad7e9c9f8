"""Changes of a profile: name, picture, flag and visibility.

Each function that saves takes a valid form. False, with a message in one of its fields, when nothing was changed.
"""

from flask import flash
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from web.db import db

from . import attempt_limits, avatar_files, session_account, sessions
from .form_fields import AvatarField
from .forms import PresenceForm, ProfileForm
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
        session_account.recheck()
        return avatar_files.store(picture)
    except ValueError as error:
        field.errors = [str(error)]
        return None


def locked_user() -> User:
    """The user, as no other request changes it until the commit."""
    if not sessions.lock(current_user.id):
        session_account.recheck()
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
