"""Who is an instructor: decided by whoever runs the site, from the shell. No page can do it."""

import click
from flask.cli import with_appcontext

from web import db as database
from web.db import db

from .models import ROLES, find


@click.command("role")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
@with_appcontext
def role(username, role):
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
    # This is another process than the one that has their sockets.
    return click.echo(
        f"{user.username} is {with_article(role)} now. Others see it when {user.username} loads a page anew."
    )


def with_article(role: str) -> str:
    return f"an {role}" if role == "instructor" else f"a {role}"
