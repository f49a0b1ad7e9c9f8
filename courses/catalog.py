"""The courses as values: courses hold sections, sections hold lessons.

A place is a path: `""` the catalog, `web`, `web/basics`, `web/basics/rooms`. Slugs are the names of folders and files
without their number: `content/web/01-basics/02-rooms.md` is the place `web/basics/rooms`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from markupsafe import Markup

from .anchors import section_anchor
from .faults import CatalogError
from .language import direction

__all__ = ["Catalog", "CatalogError", "Course", "Heading", "Lesson", "Section", "url"]

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
    parts: tuple = ()
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

    @property
    def text_parts(self) -> tuple:
        """The parts before the exercise."""
        return self.parts[: self._exercise_start]

    @property
    def exercise_parts(self) -> tuple:
        """The parts of the exercise, from its heading on."""
        return self.parts[self._exercise_start :]

    @property
    def _exercise_start(self) -> int:
        if self.exercise:
            opening = f'{HEADING_OPEN}<h2 id="{self.exercise.anchor}"'
            for index, part in enumerate(self.parts):
                if isinstance(part, Markup) and part.startswith(opening):
                    return index
        return len(self.parts)

    @property
    def chapters(self) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.level == 2)

    @property
    def url(self) -> str:
        return url(self.place)


@dataclass(frozen=True)
class Section:
    slug: str
    number: int
    title: str
    summary: str
    place: str
    lessons: tuple[Lesson, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page of the course."""
        return section_anchor(self.slug)

    @property
    def url(self) -> str:
        return url(self.place)


@dataclass(frozen=True)
class Course:
    """`html` is the introduction, the body of its course.md; `lang` the language of all its texts."""

    slug: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    html: Markup = Markup()
    lang: str = "en"

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def place(self) -> str:
        return self.slug

    @property
    def url(self) -> str:
        return url(self.slug)

    def next_lesson(self, done: Collection[str]) -> Lesson | None:
        """The lesson to continue with: the first one that is not among the places `done`."""
        return next((lesson for lesson in self.lessons if lesson.place not in done), None)

    @property
    def pattern(self) -> int:
        """The number of its colour and pattern, 0 to 7: the same on every page and after every restart."""
        return crc32(self.slug.encode()) % 8

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for section in self.sections for lesson in section.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


Kind = TypeVar("Kind", Course, Section, Lesson)


@dataclass(frozen=True)
class Catalog:
    """All courses in order.

    `sources` holds the source files that lessons link to, by path, as coloured HTML; `media` the files beside lessons
    that they show, by `<course>/<section>/<file>`; `moved` the places that were renamed, each with its place now.
    `warnings` are sentences about what was left out.
    """

    courses: tuple[Course, ...] = ()
    sources: Mapping[str, Markup] = field(default_factory=dict)
    media: Mapping[str, Path] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    _places: dict = field(init=False, repr=False, compare=False)
    _titles: dict = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {"": self, **{item.place: item for item in self._walk()}})
        titles = {item.place: item.title for item in self._walk()}
        object.__setattr__(self, "_titles", {"": "All courses", **titles})

    def _walk(self) -> Iterator[Course | Section | Lesson]:
        for course in self.courses:
            yield course
            yield from course.sections
            yield from course.lessons

    def find(self, place: object) -> "Catalog | Course | Section | Lesson | None":
        return self._places.get(place) if isinstance(place, str) else None

    def course(self, course: str) -> Course | None:
        return self._typed(Course, course)

    def section(self, course: str, section: str) -> Section | None:
        return self._typed(Section, f"{course}/{section}")

    def lesson(self, course: str, section: str, lesson: str) -> Lesson | None:
        return self._typed(Lesson, f"{course}/{section}/{lesson}")

    def _typed(self, kind: type[Kind], place: str) -> Kind | None:
        found = self.find(place)
        return found if isinstance(found, kind) else None

    def names(self, place: str) -> tuple[str, ...]:
        """The place and what it was called before."""
        return (place, *(old for old, new in self.moved.items() if new == place))

    def neighbours(self, place: str) -> tuple[str | None, str | None]:
        """Places of the lesson before and the lesson after; (None, None) for a place that is no lesson."""
        found = self.find(place)
        return (found.before, found.after) if isinstance(found, Lesson) else (None, None)

    def titles(self) -> Mapping[str, str]:
        return self._titles


def url(place: str) -> str:
    """The URL of a place; a section is a part of its course's page."""
    course, _, rest = place.partition("/")
    if not course:
        return "/"
    if rest and "/" not in rest:
        return f"/courses/{course}#{section_anchor(rest)}"
    return f"/courses/{place}"
