"""Courses and their sections as values."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from markupsafe import Markup

from .anchors import place_url, section_anchor
from .language import direction
from .lesson import Lesson


class Lines(tuple[tuple[str, str, bool], ...]):
    """A type of its own, so that the cache of fragments compares it at once, not part by part."""


class Outline(tuple[tuple[str, str, int, Lines], ...]):
    """The sections of a course with their lines; a type of its own for the same reason."""


@dataclass(frozen=True)
class Section:
    """`figure` is the URL of its drawing, or ""."""

    slug: str
    number: int
    title: str
    summary: str
    place: str
    lessons: tuple[Lesson, ...]
    figure: str = ""

    @property
    def anchor(self) -> str:
        """Its id on the page of the course."""
        return section_anchor(self.slug)

    @property
    def url(self) -> str:
        return place_url(self.place)

    @cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(lesson.place for lesson in self.lessons)

    def lines(self, done: Collection[str]) -> Lines:
        """Place and title of each lesson, and whether it is among the places `done`."""
        return Lines([(lesson.place, lesson.title, lesson.place in done) for lesson in self.lessons])


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
        return place_url(self.slug)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The places of each section and of its lessons, in order."""
        return tuple([path for section in self.sections for path in (section.place, *section.places)])

    def outline(self, done: Collection[str]) -> Outline:
        """Place and title of each section, its index in `paths`, and its lessons."""
        return self._outline(done) if done else self._outline_of_beginners

    @cached_property
    def _outline_of_beginners(self) -> Outline:
        return self._outline(())

    def _outline(self, done: Collection[str]) -> Outline:
        sections = self.sections
        return Outline([(one.place, one.title, self.paths.index(one.place), one.lines(done)) for one in sections])

    def next_lesson(self, done: Collection[str]) -> Lesson | None:
        """The lesson to continue with: the first one that is not among the places `done`."""
        return next((lesson for lesson in self.lessons if lesson.place not in done), None)

    def count_done(self, done: Collection[str]) -> int:
        """The number of its lessons that are among the places `done`."""
        return sum(lesson.place in done for section in self.sections for lesson in section.lessons)

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
