"""The account page: three forms that post to /account, told apart by the hidden field `form`."""

from flask import abort, current_app, flash, redirect, render_template, request
from flask_login import current_user, login_required

from db import db

from . import passwords, sessions
from .forms import PasswordForm, PresenceForm, ProfileForm
from .signals import profile_changed
from .views import blueprint

FORMS = {"profile": ProfileForm, "presence": PresenceForm, "password": PasswordForm}
FIELDS = {"profile": "name", "presence": "visibility", "password": "new_password"}


@blueprint.get("/account")
@login_required
def account():
    return account_page()


@blueprint.post("/account")
@login_required
def save_account():
    kind = which_form()
    form = FORMS[kind]()
    if not form.validate() or not SAVE[kind](form):
        return account_page(**{f"{kind}_form": form}), 422
    return redirect("/account", 303)


def which_form():
    """The form that was posted: the one it names, else the only one whose field is there."""
    named = request.form.get("form")
    present = [named] if named else [kind for kind, field in FIELDS.items() if field in request.form]
    if len(present) != 1 or present[0] not in FORMS:
        abort(400, "An account form names itself: profile, presence or password.")
    return present[0]


def save_profile(form):
    current_user.name = form.name.data
    return commit_profile("Your name is saved.")


def save_presence(form):
    current_user.set_visibility(form.visibility.data)
    return commit_profile("Your choice is saved; it holds in all your open pages.")


def commit_profile(message):
    user = current_user._get_current_object()
    db.session.commit()
    profile_changed.send(current_app._get_current_object(), user=user)
    flash(message)
    return True


def save_password(form):
    if not passwords.matches(current_user, form.old_password.data or ""):
        form.old_password.errors = ["That is not your current password."]
        return False
    password_hash = passwords.hashed(form.new_password.data)
    current_user.password_hash = password_hash
    sessions.end_all(current_user, keep=current_user.session, reason="Your password was changed.")
    flash("Your password is changed; you are signed out everywhere else.")
    return True


SAVE = {"profile": save_profile, "presence": save_presence, "password": save_password}


def account_page(profile_form=None, presence_form=None, password_form=None):
    # formdata=None: a form that was not posted shows what is stored, not what another form sent.
    return render_template(
        "accounts/account.html",
        place="",
        profile_form=profile_form or ProfileForm(formdata=None, name=current_user.name),
        presence_form=presence_form or PresenceForm(formdata=None, visibility=current_user.visibility),
        password_form=password_form or PasswordForm(formdata=None),
    )
