"""`flask role`: makes instructors. Only the operator can, from the shell; no page does it."""

import click
from flask.cli import with_appcontext

from web import db as database
from web.db import db

from .models import ROLES, User, find


@click.command("role")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
@with_appcontext
def role(username: str, role: str) -> None:
    """Make USERNAME an instructor, or a learner again."""
    if problem := database.problem():
        raise click.ClickException(problem)
    user = find(username)
    if user is None:
        raise click.ClickException(f"There is no user '{username}'. They sign up first.")
    if user.role == role:
        return click.echo(f"{user.username} is {with_article(role)} already; nothing to do.")
    user.role = role
    db.session.commit()
    # The sockets are in another process, which this one cannot notify.
    return click.echo(
        f"{user.username} is {with_article(role)} now. Others see it when {user.username} loads a page anew."
    )


def has_instructor() -> bool:
    """Whether the site has anyone who can look after what others write."""
    return db.session.scalar(db.select(User.id).where(User.role == "instructor").limit(1)) is not None


def with_article(role: str) -> str:
    return f"an {role}" if role == "instructor" else f"a {role}"
