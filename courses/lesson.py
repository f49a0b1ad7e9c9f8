"""A lesson as a value: its texts, its headings and the parts of its page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from .anchors import place_url

HEADING_OPEN = '<div class="heading">'
"""The box of a heading and the link beside it."""


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Lesson:
    """`parts` are its HTML, its blocks and the ends of its chapters, in their order (blocks.py).

    `exercise` is the heading of its last chapter, or None in a course without exercises.
    `reactions`: whether readers may react to its chapters; `timer`: whether its course has a study timer.
    `before` and `after` are the neighbours' places (or None), across section borders, within the course.
    """

    slug: str
    number: int
    title: str
    summary: str
    place: str
    parts: tuple[Any, ...] = ()
    headings: tuple[Heading, ...] = ()
    exercise: Heading | None = None
    reactions: bool = True
    timer: bool = True
    minutes: int = 1
    before: str | None = None
    after: str | None = None

    @property
    def html(self) -> Markup:
        """The parts that are the same for every reader: all but the blocks."""
        return Markup().join(part for part in self.parts if isinstance(part, Markup))

    @cached_property
    def text_parts(self) -> tuple[Any, ...]:
        """The parts before the exercise."""
        return self.parts[: self._exercise_start]

    @cached_property
    def exercise_parts(self) -> tuple[Any, ...]:
        """The parts of the exercise, from its heading on."""
        return self.parts[self._exercise_start :]

    @cached_property
    def _exercise_start(self) -> int:
        if self.exercise:
            opening = f'{HEADING_OPEN}<h2 id="{self.exercise.anchor}"'
            for index, part in enumerate(self.parts):
                if isinstance(part, Markup) and part.startswith(opening):
                    return index
        return len(self.parts)

    @cached_property
    def chapters(self) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.level == 2)

    @property
    def url(self) -> str:
        return place_url(self.place)
