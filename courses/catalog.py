"""What there is to learn, as values: courses hold sections, sections hold lessons.

A place is a path: `""` the catalog, `web`, `web/basics`, `web/basics/rooms`. Slugs are the names of folders and files
without their number: `content/web/01-basics/02-rooms.md` is the place `web/basics/rooms`.
"""

from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup


class CatalogError(ValueError):
    """A course file that cannot be used: `courses/content/x/01-y/02-z.md, line 3: what is wrong.`"""


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Lesson:
    """`parts` are its HTML, its blocks and the ends of its chapters, in their order (blocks.py).

    `reactions`: whether readers may react to its chapters (front matter).
    `before` and `after` are the neighbours' places (or None), across section borders, within the course.
    """

    slug: str
    number: int
    title: str
    summary: str
    place: str
    parts: tuple = ()
    headings: tuple[Heading, ...] = ()
    reactions: bool = True
    minutes: int = 1
    before: str | None = None
    after: str | None = None

    @property
    def html(self) -> Markup:
        """What is the same for every reader: all parts but the blocks."""
        return Markup().join(part for part in self.parts if isinstance(part, Markup))

    @property
    def chapters(self) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.level == 2)

    @property
    def url(self):
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
    def url(self):
        return url(self.place)


@dataclass(frozen=True)
class Course:
    """`html` is the introduction, the body of its course.md."""

    slug: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    html: Markup = Markup()

    @property
    def place(self):
        return self.slug

    @property
    def url(self):
        return url(self.slug)

    @property
    def lessons(self):
        return tuple(lesson for section in self.sections for lesson in section.lessons)

    @property
    def minutes(self):
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Catalog:
    """All courses in order.

    `sources` holds the source files that lessons link to, by path, as coloured HTML; `media` the files beside lessons
    that they show, by `<course>/<section>/<file>`.
    """

    courses: tuple[Course, ...] = ()
    sources: dict[str, Markup] = field(default_factory=dict)
    media: dict[str, Path] = field(default_factory=dict)
    _places: dict = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "_places", {"": self, **{item.place: item for item in self._walk()}})

    def _walk(self):
        for course in self.courses:
            yield course
            yield from course.sections
            yield from course.lessons

    def find(self, place: str) -> "Catalog | Course | Section | Lesson | None":
        return self._places.get(place) if isinstance(place, str) else None

    def course(self, course: str) -> Course | None:
        return self._typed(Course, course)

    def section(self, course: str, section: str) -> Section | None:
        return self._typed(Section, f"{course}/{section}")

    def lesson(self, course: str, section: str, lesson: str) -> Lesson | None:
        return self._typed(Lesson, f"{course}/{section}/{lesson}")

    def _typed(self, kind, place):
        found = self.find(place)
        return found if isinstance(found, kind) else None

    def neighbours(self, place: str) -> tuple[str | None, str | None]:
        """Places of the lesson before and the lesson after; (None, None) for a place that is no lesson."""
        found = self.find(place)
        return (found.before, found.after) if isinstance(found, Lesson) else (None, None)

    def titles(self) -> dict[str, str]:
        return {"": "All courses", **{item.place: item.title for item in self._walk()}}


def url(place: str) -> str:
    """The URL of a place; a section is a part of its course's page."""
    course, _, rest = place.partition("/")
    if not course:
        return "/"
    if rest and "/" not in rest:
        return f"/courses/{course}#{rest}"
    return f"/courses/{place}"
