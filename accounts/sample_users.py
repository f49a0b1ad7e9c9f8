"""Nine sample users, so that a fresh site can be tried at once.

Their password is public. They may sign in while SAMPLE_USERS is on; unset, that is while nobody else has an account,
decided once a process so that the first sign-up of an evening does not throw everybody out.
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
# The first two are left to whoever tries the site by hand.
CLASSMATES = ("alan", "katherine", "dennis", "barbara")
ROLES = {"margaret": "instructor"}
VISIBILITIES = {"tim": "anonymous", "hedy": "hidden"}


def enabled() -> bool:
    state = current_app.extensions["accounts"]
    if state.get("samples") is None:
        state["samples"] = _decide(current_app.config.get("SAMPLE_USERS", "auto"))
    return state["samples"]


def _decide(setting):
    if setting != "auto":
        return bool(setting)
    return db.session.scalar(db.select(User.id).where(~User.is_sample).limit(1)) is None


def listed() -> list[User]:
    """The sample users that the sign-in page shows, in the order of this file; none while they cannot sign in.

    As they are when they are loaded: what one of them has changed since is not for everybody who comes to the page.
    """
    if not enabled():
        return []
    # Somebody may have signed up under one of the names; theirs is not the public password.
    ours = db.select(User.username).where(User.is_sample, User.username.in_(USERNAMES))
    there = set(db.session.scalars(ours))
    return [_user(username, passwords.NONE) for username in USERNAMES if username in there]


def load() -> list[str]:
    """Add the sample users whose names are free; returns the names added."""
    taken = set(db.session.scalars(db.select(User.username).where(User.username.in_(USERNAMES))))
    missing = [username for username in USERNAMES if username not in taken]
    if missing:
        # One hash for all of them: a salt of its own each would protect a password that everybody knows.
        password_hash = passwords.hashed(PASSWORD)
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


def _numbered(username):
    name = username.replace("-", " ").capitalize()
    return User(username=username, name=name, password_hash=passwords.NONE, is_sample=True)


def _user(username, password_hash):
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
def sample_users():
    """Add the sample users."""
    if problem := database.problem():
        raise click.ClickException(problem)
    added = load()
    click.echo(f"Added {', '.join(added)}." if added else "The sample users are there already; nothing to do.")
    if added and not enabled():
        click.echo("They cannot sign in: other users exist and SAMPLE_USERS is not 1, or it is 0.")
