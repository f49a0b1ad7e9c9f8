"""Sign up: open to all, or with a class code."""

import secrets

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import TooManyRequests

from web.db import db

from . import attempt_limits, avatars, class_codes, device_cookie, passwords, sessions
from .forms import SignupForm
from .models import User, find
from .safe_redirect import safe_path
from .sign_in import blueprint

CLOSED = "You need a class code to create an account here. Ask your teacher for it."
NO_CODE = "That class code doesn't exist or has expired."


@blueprint.get("/signup")
def signup() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_path(request.args.get("next")), 303)
    faces = secrets.token_hex(4)
    first = next(iter(avatars.drawn_portraits(faces)))
    values = {"code": request.args.get("code", ""), "next": request.args.get("next", "")}
    return signup_page(SignupForm(**values, faces=faces, avatar=first))


@blueprint.post("/signup")
def create_account() -> ResponseReturnValue:
    form = SignupForm()
    keys = limits_of(form)
    # Counted before anything is looked up, because "is taken" tells which names exist.
    try:
        attempt_limits.count(keys)
    except TooManyRequests as error:
        return limited_page(form, error)
    if form.code.errors or not form.validate():
        # A wrong code stays counted: that is what bounds guessing it.
        if not form.code.errors:
            attempt_limits.refund(keys)
        return signup_page(form), 422
    user = add_user(form)
    if user is None:
        form.username.errors = [f"The username '{form.username.data}' is taken."]
        return signup_page(form), 422
    device_cookie.remember(user)
    sessions.start(user, remember=False)
    flash(f"Welcome, {user.name}.")
    return redirect(safe_path(form.next.data), 303)


def limits_of(form: SignupForm) -> attempt_limits.Keys:
    """The limits that count this sign-up; the form gets a message when it needs another class code."""
    code = (form.code.data or "").strip()
    if code and class_codes.is_valid(code):
        return {"invited": attempt_limits.address()}
    if code or not is_open():
        form.code.errors = [NO_CODE if code else CLOSED]
    return {"signup": attempt_limits.address()}


def is_open() -> bool:
    return bool(current_app.config["OPEN_SIGNUP"])


def limited_page(form: SignupForm, error: TooManyRequests) -> ResponseReturnValue:
    """The form as it was sent, with a sentence about the limit and a field for a class code, which lifts it."""
    form.validate()
    form.code.errors = [f"{error.description} A class code from your teacher works at once."]
    headers = {"Retry-After": str(error.retry_after)}
    return signup_page(form, ask_code=True), 429, headers


def add_user(form: SignupForm) -> User | None:
    """The new user; None when the username is taken, also while the password is being hashed."""
    if find(form.username.data):
        return None
    user = User(
        username=form.username.data,
        name=form.name.data,
        visibility=form.visibility.data,
        avatar=form.avatar.data,
        password_hash=passwords.hash_password(form.password.data),
    )
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return None
    return user


def signup_page(form: SignupForm, ask_code: bool = False) -> str:
    ask_code = ask_code or not is_open() or bool(form.code.data)
    form.faces.data = form.faces.data or secrets.token_hex(4)
    portraits = avatars.drawn_portraits(form.faces.data)
    return render_template("accounts/signup.html", place="", form=form, ask_code=ask_code, portraits=portraits)
