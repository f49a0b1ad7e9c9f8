"""Search over the titles, headings and texts of all lessons. Pure.

    index = Index.of(catalog)
    index.find("room names")        Results, best first: every word must occur, at the beginning of a word or inside

An entry is a chapter of a lesson, so that a result leads to the place in the text. Letters compare without case and
accents: `anderung` finds `Änderung`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from .catalog import Catalog
from .chapter_texts import texts
from .course import Course, Section
from .lesson import Lesson
from .snippets import marked, snippet

MAX_LETTERS, MAX_WORDS, MAX_RESULTS = 100, 8, 20
# How much a hit counts: in the lesson's title, in a heading, in the text.
WEIGHTS = (8.0, 4.0, 1.0)
# At the beginning of a word a hit counts more.
INSIDE = 0.3


@dataclass(frozen=True)
class Entry:
    """A chapter of a lesson; the part before the first heading has no heading."""

    course: Course
    section: Section
    lesson: Lesson
    heading: str
    url: str
    text: str

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return tuple(fold(text) for text in (self.lesson.title, self.heading, self.text))


@dataclass(frozen=True)
class Result:
    """An entry with its texts as HTML, the words that were looked for marked."""

    entry: Entry
    title: Markup
    heading: Markup
    snippet: Markup


@dataclass(frozen=True)
class Index:
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, catalog: Catalog) -> "Index":
        return cls(tuple(entry for course in catalog.courses for entry in _entries(course)))

    def find(self, query: str) -> list[Result]:
        words = query_words(query)
        if not words:
            return []
        scored = [(score(entry.fields, words), number) for number, entry in enumerate(self.entries)]
        best = sorted((-points, number) for points, number in scored if points)[:MAX_RESULTS]
        return [_result(self.entries[number], words) for _, number in best]


def fold(text: str) -> str:
    """The text without case, accents and compatibility forms."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def query_words(query: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"[^\s\"]+", fold(query[:MAX_LETTERS]))))[:MAX_WORDS]


def score(fields: tuple[str, ...], words: list[str]) -> float:
    """0 unless every word occurs."""
    total = 0.0
    for word in words:
        points = max(weight * _hit(text, word) for text, weight in zip(fields, WEIGHTS, strict=True))
        if not points:
            return 0.0
        total += points
    return total


def _hit(text: str, word: str) -> float:
    at = text.find(word)
    if at < 0:
        return 0.0
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return 1.0
        at = text.find(word, at + 1)
    return INSIDE


def _result(entry: Entry, words: list[str]) -> Result:
    heading = marked(entry.heading, words, fold)
    return Result(entry, marked(entry.lesson.title, words, fold), heading, snippet(entry.text, words, fold))


def _entries(course: Course) -> Iterator[Entry]:
    for section in course.sections:
        for lesson in section.lessons:
            headings = {heading.anchor: heading.text for heading in lesson.headings}
            for anchor, text in texts(str(lesson.html), set(headings)):
                url = f"{lesson.url}#{anchor}" if anchor else lesson.url
                # A lesson is found by its summary too.
                words = text if anchor else f"{lesson.summary} {text}"
                yield Entry(course, section, lesson, headings.get(anchor, ""), url, words)
