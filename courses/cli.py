"""`flask courses check` and `flask courses reload`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from . import reload
from .catalog import Catalog
from .current import Source
from .faults import CatalogError

group = AppGroup("courses", help="Check the content folder, or reload it.")


@group.command("check")
def check() -> None:
    """Read the content folder and print every fault in it."""
    catalog = _read()
    lessons = sum(len(course.lessons) for course in catalog.courses)
    click.echo(f"No fault in {_count(len(catalog.courses), 'course')} with {_count(lessons, 'lesson')}.")


@group.command("reload")
def reload_command() -> None:
    """Have running processes reload the content folder, if it has no fault."""
    _read()
    reload.ask(Path(current_app.config["INSTANCE_DIR"]))
    click.echo("No fault. The running processes take the new content within seconds; their log says so.")


def _read() -> Catalog:
    source: Source = current_app.extensions["course_source"]
    try:
        catalog = source.load()
    except CatalogError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    for warning in catalog.warnings:
        click.echo(f"Warning: {warning}", err=True)
    return catalog


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
