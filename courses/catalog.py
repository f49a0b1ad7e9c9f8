"""The catalog as a value: courses hold sections, sections hold lessons (course.py, lesson.py).

A place is a path: `""` the catalog, `web`, `web/basics`, `web/basics/rooms`. Slugs are the names of folders and files
without their number: `content/web/01-basics/02-rooms.md` is the place `web/basics/rooms`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from .course import Course, Section
from .lesson import Lesson
from .source_file import SourceFile

Kind = TypeVar("Kind", Course, Section, Lesson)


@dataclass(frozen=True)
class Catalog:
    """All courses in order.

    `sources` holds the source files that lessons link to, by path; `media` the files beside lessons that they show, by
    `<course>/<section>/<file>`; `moved` the places that were renamed, each with its place now. `warnings` are sentences
    about what was left out.
    """

    courses: tuple[Course, ...] = ()
    sources: Mapping[str, SourceFile] = field(default_factory=dict)
    media: Mapping[str, Path] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    _places: dict[str, "Catalog | Course | Section | Lesson"] = field(init=False, repr=False, compare=False)
    _titles: dict[str, str] = field(init=False, repr=False, compare=False)

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
        """The place and its earlier names."""
        return (place, *(old for old, new in self.moved.items() if new == place))

    def neighbours(self, place: str) -> tuple[str | None, str | None]:
        """Places of the lesson before and the lesson after; (None, None) for a place that is not a lesson."""
        found = self.find(place)
        return (found.before, found.after) if isinstance(found, Lesson) else (None, None)

    def titles(self) -> Mapping[str, str]:
        return self._titles
