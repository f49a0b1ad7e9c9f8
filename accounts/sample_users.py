"""Nine sample users, so a fresh site can be tried at once.

Their password is public. They may sign in while SAMPLE_USERS is on. Unset, that is while no one else has an account,
decided once per process, so the first sign-up of an evening does not sign everyone out.
"""

import click
from flask import current_app
from flask.cli import with_appcontext

from web import db as database
from web.db import db

from . import passwords
from .models import User

PASSWORD = "learn-together"  # noqa: S105  it is printed on the sign-in page
USERNAMES = ("ada", "grace", "alan", "katherine", "dennis", "barbara", "margaret", "tim", "hedy")
# The first two are left for trying the site by hand.
CLASSMATES = ("alan", "katherine", "dennis", "barbara")
ROLES = {"margaret": "instructor"}
VISIBILITIES = {"tim": "anonymous", "hedy": "hidden"}


def enabled() -> bool:
    state = current_app.extensions["accounts"]
    if state.get("samples") is None:
        state["samples"] = _decide(current_app.config.get("SAMPLE_USERS", "auto"))
    return state["samples"]


def _decide(setting: str | bool) -> bool:
    if setting != "auto":
        return bool(setting)
    return db.session.scalar(db.select(User.id).where(~User.is_sample).limit(1)) is None


def listed() -> list[User]:
    """The sample users for the sign-in page, in the order of this file; none while they cannot sign in.

    They look as this file defines them. Changes that a visitor made to one are not shown to all other visitors.
    """
    if not enabled():
        return []
    # A real user may have one of the names, and a password of their own.
    ours = db.select(User.username).where(User.is_sample, User.username.in_(USERNAMES))
    there = set(db.session.scalars(ours))
    return [_user(username, passwords.UNUSABLE) for username in USERNAMES if username in there]


def load() -> list[str]:
    """Add the sample users whose names are free; returns the names added."""
    taken = set(db.session.scalars(db.select(User.username).where(User.username.in_(USERNAMES))))
    missing = [username for username in USERNAMES if username not in taken]
    if missing:
        # One hash for all of them: a salt for each would protect a public password.
        password_hash = passwords.hash_password(PASSWORD)
        db.session.add_all(_user(username, password_hash) for username in missing)
        db.session.commit()
    return missing


def classmates(count: int) -> list[User]:
    """Sample users for simulated classmates to sign in as: the named ones, then numbered ones without a password."""
    usernames = [*CLASSMATES, *(f"classmate-{number}" for number in range(len(CLASSMATES) + 1, count + 1))][:count]
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
    added = load()
    click.echo(f"Added {', '.join(added)}." if added else "The sample users are there already; nothing to do.")
    if added and not enabled():
        click.echo("They cannot sign in: other users exist and SAMPLE_USERS is not 1, or it is 0.")
