"""Sign in and sign out."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import TooManyRequests

from web import errors
from web.db import db

from . import attempt_limits, device_cookie, passwords, sample_users, sessions
from .forms import LoginForm
from .models import User, find
from .safe_redirect import safe_path

blueprint = Blueprint("accounts", __name__)

# One sentence for every failure: an unknown name, a wrong password and a sample user that is off look alike.
NO_MATCH = "That username and password do not match."


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_path(request.args.get("next")), 303)
    return login_page(LoginForm(next=request.args.get("next", "")))


@blueprint.post("/login")
def check_login() -> ResponseReturnValue:
    form = LoginForm()
    username = form.username.data or ""
    # Counted before the password is checked, so a hundred attempts at once are a hundred attempts.
    try:
        attempt = attempt_limits.begin_sign_in(username, find(username))
        user = authenticate(username, form.password.data or "", form.remember.data, attempt.allowed)
        if user is None:
            attempt.fail()
            return login_page(form, NO_MATCH), 422
    except TooManyRequests as error:
        return login_page(form, error.description), 429, {"Retry-After": str(error.retry_after)}
    attempt_limits.refund(attempt.keys)
    device_cookie.remember(user)
    return redirect(safe_path(form.next.data or request.args.get("next")), 303)


def authenticate(username: str, password: str, remember: bool, allowed: bool) -> User | None:
    """Sign the user in if the password is right; returns the user, None if it is wrong.

    An attempt that is not allowed takes the same time, and fails.
    """
    user = find(username)
    user_id = user.id if user else None
    checked_hash = passwords.verify(user, password)
    if checked_hash is None or user_id is None or not allowed:
        return None
    user = db.session.get(User, user_id)
    if user is None or (user.is_sample and not sample_users.may_sign_in()):
        return None
    try:
        sessions.start(user, remember, checked_hash)
    except sessions.Outdated:
        return None
    return user


def login_page(form: LoginForm, error: str | None = None) -> str:
    return render_template(
        "accounts/login.html",
        place="",
        form=form,
        error=error,
        samples=sample_users.listed(),
        sample_password=sample_users.PASSWORD,
        samples_end=current_app.config["SAMPLE_USERS"] == "auto",
    )


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    if current_user.is_authenticated:
        sessions.end(current_user.session)
        # Cleared first: logout_user notes in the session that the remember cookie must be deleted.
        session.clear()
        logout_user()
        flash("You're signed out.")
    return redirect("/", 303)


@blueprint.errorhandler(CSRFError)
def lead_on(error: CSRFError) -> ResponseReturnValue:
    """Redirect if the form has nothing left to do, as in a second tab; else say what happened."""
    if request.endpoint in ("accounts.check_login", "accounts.create_account") and current_user.is_authenticated:
        sentence = f"You're already signed in as {current_user.name} in this browser, perhaps in another tab."
        return errors.page(error, "You're signed in", sentence, (safe_path(request.form.get("next")), "Continue"))
    if request.endpoint == "accounts.logout" and not current_user.is_authenticated:
        return redirect("/", 303)
    return errors.expired(error)
