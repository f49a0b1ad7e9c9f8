"""`flask reactions COURSE`: the reactions to each chapter, for its author."""

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from courses import Course, current_catalog

from .counting import KINDS, told
from .service import Reactions, titles
from .store import totals


def command(reactions: Reactions) -> click.Command:
    @click.command("reactions")
    @click.argument("course")
    @with_appcontext
    def report(course: str) -> None:
        """Show the reactions to the chapters of COURSE: numbers, and where people are lost."""
        found = current_catalog().course(course)
        if found is None:
            raise click.ClickException(f"There is no course '{course}'.")
        click.echo("\n".join(_lines(found, reactions.now())) or "No one has reacted yet.")

    return report


def _lines(course: Course, now: float) -> Iterator[str]:
    counts = totals(course.slug, now)
    for lesson in course.lessons:
        chapters = {anchor: told(counts[lesson.place].get(anchor, {})) for anchor in titles(lesson)}
        if not any(chapters.values()):
            continue
        yield f"{lesson.title}  ({lesson.place})"
        for anchor, title in titles(lesson).items():
            if chapters[anchor]:
                yield f"  {title}: {_numbers(chapters[anchor])}"


def _numbers(numbers: dict[str, int]) -> str:
    return ", ".join(f"{numbers[kind]} {kind}" for kind in KINDS if kind in numbers)
