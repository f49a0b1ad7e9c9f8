"""The account page: several forms that post to /account, each named by its hidden field `form`."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required, logout_user
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests
from wtforms import Field

from web import errors
from web.db import db

from . import attempt_limits, avatars, class_codes, passwords, sessions
from .forms import AvatarField, DeleteForm, PasswordForm, PresenceForm, ProfileForm, SessionsForm
from .models import User
from .signals import profile_changed, sender
from .views import blueprint

FORMS: dict[str, type[FlaskForm]] = {
    "profile": ProfileForm,
    "presence": PresenceForm,
    "password": PasswordForm,
    "sessions": SessionsForm,
    "delete": DeleteForm,
}
FIELDS = {
    "name": "profile",
    "avatar": "profile",
    "flag": "profile",
    "visibility": "presence",
    "new_password": "password",
}


@blueprint.get("/account")
@login_required
def account() -> str:
    return account_page()


@blueprint.get("/account/seen")
@login_required
def seen() -> str:
    """The preview of what others see of the user, which the open page reloads when it changes."""
    return render_template("accounts/_seen.html")


@blueprint.post("/account")
@login_required
def save_account() -> ResponseReturnValue:
    kind = posted_form()
    form = FORMS[kind]()
    try:
        if not form.validate() or not SAVE[kind](form):
            return account_page(**{f"{kind}_form": form}), 422
    except TooManyRequests as error:
        LIMITED[kind](form).errors = [error.description]
        return account_page(**{f"{kind}_form": form}), 429, {"Retry-After": str(error.retry_after)}
    return redirect("/account" if current_user.is_authenticated else "/", 303)


def posted_form() -> str:
    """The name of the form that was posted: the one it gives, else the only one whose fields are there."""
    named = request.form.get("form")
    fields = (field for field in FIELDS if field in request.form or field in request.files)
    kinds = {named} if named else {FIELDS[field] for field in fields}
    if len(kinds) != 1 or not kinds <= FORMS.keys():
        abort(400, f"An account form names itself: {', '.join(FORMS)}.")
    return kinds.pop()


def save_profile(form: ProfileForm) -> bool:
    url = form.avatar.data
    if form.avatar.upload and (url := store_upload(form.avatar, form.avatar.upload)) is None:
        return False
    user = locked_user()
    before = user.avatar
    user.name, user.avatar, user.flag = form.name.data, url, form.flag.data
    return commit_profile("Profile saved.", before)


def store_upload(field: AvatarField, upload: FileStorage) -> str | None:
    """The URL of the uploaded picture; None, with a message in the field, when it cannot be used."""
    attempt_limits.count({"upload": current_user.id})
    try:
        picture = avatars.decode(upload)
        sessions.recheck()
        return avatars.store(picture)
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
        user.avatar = avatars.rename_file(before)
    after = user.avatar
    try:
        return commit_profile("Saved. This applies in all your open tabs.", before)
    except SQLAlchemyError:
        avatars.rename_back(after, before)
        raise


def commit_profile(message: str, avatar_before: str) -> bool:
    user = current_user._get_current_object()
    db.session.commit()
    if user.avatar != avatar_before:
        avatars.discard(avatar_before)
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
    sessions.end_with_account(current_user._get_current_object())
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


# The field of a form that shows its limit.
LIMITED: dict[str, Callable[[Any], Field]] = {
    "profile": lambda form: form.avatar,
    "password": lambda form: form.old_password,
    "delete": lambda form: form.password,
}


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """A picture so large that its form was not read: the page with a sentence beside the picture."""
    if request.endpoint != "accounts.save_account" or not current_user.is_authenticated:
        return errors.show(error)
    form = ProfileForm(formdata=None, name=current_user.name, flag=current_user.flag)
    form.avatar.errors = ["That picture is too large to send. Make it smaller, to at most 2 MB, and choose it again."]
    return account_page(profile_form=form), 413


def account_page(**posted: FlaskForm) -> str:
    """The page, with a posted form as it was sent and all others with what is stored."""
    # formdata=None, or a form that was not posted would take the fields of the one that was.
    forms = {
        "profile_form": ProfileForm(formdata=None, name=current_user.name, flag=current_user.flag),
        "presence_form": PresenceForm(formdata=None, visibility=current_user.visibility),
        "password_form": PasswordForm(formdata=None),
        "delete_form": DeleteForm(formdata=None),
    }
    return render_template(
        "accounts/account.html",
        place="",
        sessions=sessions.live_sessions(current_user),
        avatar_choice=avatars.choice(current_user),
        portraits=avatars.portraits(),
        class_code=class_codes.this_week() if current_user.role == "instructor" else None,
        **{**forms, **posted},
    )
