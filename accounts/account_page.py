"""The account page: forms that post to /account, told apart by the hidden field `form`."""

from flask import abort, current_app, flash, redirect, render_template, request, session
from flask_login import current_user, login_required, logout_user

from web.db import db

from . import attempt_limits, avatars, passwords, sessions
from .forms import DeleteForm, PasswordForm, PresenceForm, ProfileForm, SessionsForm
from .signals import profile_changed
from .views import blueprint

FORMS = {
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
def account():
    return account_page()


@blueprint.get("/account/seen")
@login_required
def seen():
    """The part of the account page that shows what others see of its owner, for the page to bring itself up to date."""
    return render_template("accounts/_seen.html")


@blueprint.post("/account")
@login_required
def save_account():
    kind = which_form()
    form = FORMS[kind]()
    if not form.validate() or not SAVE[kind](form):
        return account_page(**{f"{kind}_form": form}), 422
    return redirect("/account" if current_user.is_authenticated else "/", 303)


def which_form():
    """The form that was posted: the one it names, else the only one whose fields are there."""
    named = request.form.get("form")
    fields = (field for field in FIELDS if field in request.form or field in request.files)
    kinds = {named} if named else {FIELDS[field] for field in fields}
    if len(kinds) != 1 or not kinds <= FORMS.keys():
        abort(400, f"An account form names itself: {', '.join(FORMS)}.")
    return kinds.pop()


def save_profile(form):
    url = form.avatar.data
    if form.avatar.upload and (url := stored(form.avatar)) is None:
        return False
    before = current_user.avatar
    current_user.name, current_user.avatar, current_user.flag = form.name.data, url, form.flag.data
    return commit_profile("Your profile is saved.", before)


def stored(field):
    """The URL of the picture that was uploaded; None when it cannot be used, and the field says why."""
    attempt_limits.count({"upload": current_user.id})
    try:
        return avatars.store(field.upload)
    except ValueError as error:
        field.errors = [str(error)]
        return None


def save_presence(form):
    before = current_user.avatar
    if current_user.set_visibility(form.visibility.data):
        current_user.avatar = avatars.under_another_name(before)
    return commit_profile("Your choice is saved; it holds in all your open pages.", before)


def commit_profile(message, avatar_before):
    user = current_user._get_current_object()
    db.session.commit()
    if user.avatar != avatar_before:
        avatars.discard(avatar_before)
    profile_changed.send(current_app._get_current_object(), user=user)
    flash(message)
    return True


def save_password(form):
    if not is_own(form.old_password):
        return False
    password_hash = passwords.hashed(form.new_password.data)
    current_user.password_hash = password_hash
    sessions.end_all(current_user, keep=current_user.session, reason="Your password was changed.")
    flash("Your password is changed; you are signed out everywhere else.")
    return True


def is_own(field):
    """Whether a field holds the user's password; else it says so. An open session is no licence to guess."""
    keys = {"device": current_user.id}
    attempt_limits.count(keys)
    if not passwords.matches(current_user, field.data or ""):
        field.errors = ["That is not your current password."]
        return False
    attempt_limits.take_back(keys)
    return True


def end_sessions(form):
    everywhere = form.which.data == "all"
    sessions.end_all(current_user, keep=None if everywhere else current_user.session)
    if everywhere:
        leave("You are signed out everywhere.")
    else:
        flash("You are signed out everywhere else.")
    return True


def delete_account(form):
    if not is_own(form.password):
        return False
    sessions.end_with_account(current_user._get_current_object())
    leave("Your account is deleted, and everything that belonged to it.")
    return True


def leave(message):
    """This browser is a guest's from now on."""
    session.clear()
    logout_user()
    flash(message)


SAVE = {
    "profile": save_profile,
    "presence": save_presence,
    "password": save_password,
    "sessions": end_sessions,
    "delete": delete_account,
}


def account_page(**posted):
    # formdata=None: a form that was not posted shows what is stored, not what another form sent.
    forms = {
        "profile_form": ProfileForm(formdata=None, name=current_user.name, flag=current_user.flag),
        "presence_form": PresenceForm(formdata=None, visibility=current_user.visibility),
        "password_form": PasswordForm(formdata=None),
        "delete_form": DeleteForm(formdata=None),
    }
    return render_template(
        "accounts/account.html",
        place="",
        sessions=sessions.of(current_user),
        avatar_choice=avatars.choice(current_user),
        portraits=avatars.portraits(),
        **{**forms, **posted},
    )
