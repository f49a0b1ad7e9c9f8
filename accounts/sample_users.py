"""Nine sample users, so a fresh site can be tried at once.

Their password is public. They may sign in while SAMPLE_USERS is on. Unset, that is until someone else makes an account;
those who are signed in by then stay until the site restarts.
"""

from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Select

from web import db as database
from web.db import db

from . import passwords
from .models import User, UserSession

PASSWORD = "learn-together"  # noqa: S105  it is printed on the sign-in page
USERNAMES = ("ada", "grace", "alan", "katherine", "dennis", "barbara", "margaret", "tim", "hedy")
# The first two are left for trying the site by hand.
CLASSMATES = ("alan", "katherine", "dennis", "barbara")
ROLES = {"margaret": "instructor"}
VISIBILITIES = {"tim": "anonymous", "hedy": "hidden"}


def may_sign_in() -> bool:
    """Whether sample users may sign in now: asked anew for each sign-in."""
    allowed = current_app.config.get("SAMPLE_USERS", "auto")
    if allowed == "auto":
        allowed = db.session.scalar(db.select(User.id).where(~User.is_sample).limit(1)) is None
    if allowed:
        current_app.extensions["accounts"]["samples"] = True
    return allowed


def may_stay() -> bool:
    """Whether a session of a sample user is still good: once they were allowed in, until this process ends.

    So the first sign-up of an evening does not sign out those who are trying the site.
    """
    state = current_app.extensions["accounts"]
    if state.get("samples") is None:
        state["samples"] = may_sign_in()
    return state["samples"]


def listed() -> list[User]:
    """The sample users for the sign-in page, in the order of this file; none while they cannot sign in.

    They look as this file defines them. Changes that a visitor made to one are not shown to all other visitors.
    """
    if not may_sign_in():
        return []
    there = set(db.session.scalars(_ours(User.username).where(User.password_hash != passwords.UNUSABLE)))
    return [_user(username, passwords.UNUSABLE) for username in USERNAMES if username in there]


def _ours(*columns: Any) -> Select[Any]:
    """Select the nine sample users, but no real user who has one of their names."""
    return db.select(*columns).where(User.is_sample, User.username.in_(USERNAMES))


def load(restore: bool = False) -> list[str]:
    """Add the sample users whose names are free; returns the names added.

    `restore`, or SAMPLE_USERS=1, also gives the password back to those that `retire` has taken it from.
    """
    restore = restore or current_app.config.get("SAMPLE_USERS") is True
    taken = set(db.session.scalars(db.select(User.username).where(User.username.in_(USERNAMES))))
    missing = [username for username in USERNAMES if username not in taken]
    retired = set(db.session.scalars(_ours(User.id).where(User.password_hash == passwords.UNUSABLE))) if restore else ()
    if missing or retired:
        # One hash for all of them: a salt for each would protect a public password.
        password_hash = passwords.hash_password(PASSWORD)
        db.session.add_all(_user(username, password_hash) for username in missing)
        db.session.execute(db.update(User).where(User.id.in_(retired)).values(password_hash=password_hash))
        db.session.commit()
    return missing


def retire() -> list[int]:
    """Take the public password from the sample users, before a real account goes; returns their ids.

    Without it, the last real account to go would bring them back, the instructor among them. The caller commits.
    """
    if current_app.config.get("SAMPLE_USERS", "auto") != "auto":
        return []
    ids = list(db.session.scalars(_ours(User.id).where(User.password_hash != passwords.UNUSABLE)))
    db.session.execute(db.update(User).where(User.id.in_(ids)).values(password_hash=passwords.UNUSABLE))
    db.session.execute(db.delete(UserSession).where(UserSession.user_id.in_(ids)))
    return ids


def state_in_words() -> str:
    """A sentence for the start of the site about who may sign in; "" when there is nothing to say."""
    if names := [user.username for user in listed()]:
        until = "" if current_app.config.get("SAMPLE_USERS") is True else " They can until someone makes an account."
        return f"Sign in as {', '.join(names)} with the password {PASSWORD!r}.{until}"
    there = db.session.scalar(_ours(User.id).limit(1)) is not None
    return "The sample users can't sign in: people have accounts here. Set SAMPLE_USERS=1 to let them." if there else ""


def classmates(count: int) -> list[User]:
    """Sample users for simulated classmates to sign in as: the named ones, then numbered ones without a password.

    Skip a user that a real person has signed in as.
    """
    person = db.select(UserSession.user_id).where(~UserSession.simulated)
    busy = set(db.session.scalars(_ours(User.username).where(User.id.in_(person))))
    named = [username for username in CLASSMATES if username not in busy]
    usernames = [*named, *(f"classmate-{number}" for number in range(len(CLASSMATES) + 1, count + 5))][:count]
    there = {user.username: user for user in db.session.scalars(db.select(User).where(User.username.in_(usernames)))}
    db.session.add_all(_numbered(username) for username in usernames if username not in there)
    db.session.commit()
    users = db.session.scalars(db.select(User).where(User.username.in_(usernames)))
    return sorted(users, key=lambda user: usernames.index(user.username))


def _numbered(username: str) -> User:
    name = username.replace("-", " ").capitalize()
    return User(username=username, name=name, password_hash=passwords.UNUSABLE, is_sample=True)


def _user(username: str, password_hash: str) -> User:
    return User(
        username=username,
        name=username.capitalize(),
        password_hash=password_hash,
        role=ROLES.get(username, "learner"),
        visibility=VISIBILITIES.get(username, "everyone"),
        avatar=f"/static/avatars/{username}.svg",
        is_sample=True,
    )


@click.command("sample-users")
@with_appcontext
def sample_users() -> None:
    """Add the sample users."""
    if problem := database.problem():
        raise click.ClickException(problem)
    added = load(restore=True)
    click.echo(f"Added {', '.join(added)}." if added else "The sample users are there already; nothing to do.")
    if added and not may_sign_in():
        click.echo("They cannot sign in: other users exist and SAMPLE_USERS is not 1, or it is 0.")
