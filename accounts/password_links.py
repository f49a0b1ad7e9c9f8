"""One-time links for a new password, from `flask password NAME`. The site sends no mail: the operator passes them on.

A link holds the user's number and a digest of the password hash, signed. So it ends with the password it replaces, as
Django's PasswordResetTokenGenerator does, and nothing is stored.
"""

import hashlib

import click
from flask import abort, current_app, flash, redirect, render_template
from flask.cli import with_appcontext
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from web import db as database
from web.db import db

from . import passwords, sessions
from .class_codes import path_of, site_url
from .forms import NewPasswordForm
from .models import User, find
from .sign_in import blueprint

HOURS = 24
GONE = "This link has been used already, or is more than a day old. Ask for a new one."


def make(user: User) -> str:
    return _serializer().dumps([user.id, _digest(user)])


def user_of(token: str) -> User | None:
    """The user of a link that is still good."""
    try:
        user_id, digest = _serializer().loads(token, max_age=HOURS * 3600)
    except (BadData, ValueError, TypeError):
        return None
    user = db.session.get(User, user_id)
    return user if user and _digest(user) == digest else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password link")


def _digest(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]


@blueprint.get("/password/<token>")
def new_password(token: str) -> ResponseReturnValue:
    return password_page(user_of(token) or abort(404, GONE), NewPasswordForm())


@blueprint.post("/password/<token>")
def save_new_password(token: str) -> ResponseReturnValue:
    user, form = user_of(token) or abort(404, GONE), NewPasswordForm()
    if not form.validate():
        return password_page(user, form), 422
    user_id, replaced = user.id, user.password_hash
    password_hash = passwords.hash_password(form.new_password.data)
    if not sessions.lock(user_id, replaced):
        db.session.rollback()
        abort(404, GONE)
    user = db.session.get_one(User, user_id)
    user.password_hash = password_hash
    sessions.end_all(user, reason="Your password was changed.")
    flash("Your password has been changed. Sign in with the new one.")
    return redirect("/login", 303)


def password_page(user: User, form: NewPasswordForm) -> str:
    return render_template("accounts/password.html", place="", form=form, username=user.username)


@click.command("password")
@click.argument("username")
@click.option("--url", help="Where the site is, for the link; default: by the settings.")
@with_appcontext
def password(username: str, url: str | None) -> None:
    """Print a link with which USERNAME can choose a new password, once."""
    if problem := database.problem():
        raise click.ClickException(problem)
    user = find(username)
    if user is None:
        raise click.ClickException(f"There is no user '{username}'.")
    click.echo(f"For {user.username} ({user.name}), once, within {HOURS} hours:")
    click.echo(site_url(url) + path_of("accounts.new_password", token=make(user)))
