"""`flask room new NAME`: the files of a new feature with a room, to start from.

`names` checks the name, `files` writes what is in the folder files/, `registry` adds the feature to FEATURES.
"""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from presence import of

from . import files, names, registry

group = AppGroup("room", help="Write a new room.")


@group.command("new")
@click.argument("name")
@click.option("--into", default="live", show_default=True, help="The package it becomes part of.")
def new(name: str, into: str) -> None:
    """Write a room with its template, browser module and test, and add it to the features of a package."""
    root = Path(current_app.root_path)
    try:
        names.check(name, taken=of(current_app).rooms.host.registered)
        features = registry.read(root, into)
        features.check(names.module_of(name))
        written = files.write(root, into, name)
    except names.Refused as error:
        raise click.ClickException(str(error)) from None
    features.add(names.module_of(name))
    for path in written:
        click.echo(f"Wrote {path}")
    click.echo(f"Added it to FEATURES in {into}/__init__.py. Every lesson shows it when the site starts again.")
