"""The account page: several forms that post to /account, each named by its hidden field `form`."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests
from wtforms import Field

from web import errors

from . import account_changes, avatars, class_codes
from .forms import DeleteForm, PasswordForm, PresenceForm, ProfileForm, SessionsForm
from .live_sessions import live_sessions
from .sign_in import blueprint

__all__ = ["blueprint"]

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
        if not form.validate() or not account_changes.SAVE[kind](form):
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
    form.avatar.errors = ["That picture is too large. Shrink it to at most 2 MB and choose it again."]
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
        sessions=live_sessions(current_user),
        avatar_choice=avatars.choice(current_user),
        portraits=avatars.portraits_for(current_user),
        class_code=class_codes.this_week() if current_user.role == "instructor" else None,
        **{**forms, **posted},
    )
