"""Places and topics. Pure.

A place is a path: `""` (the site), `"course"`, `"course/section"` or `"course/section/lesson"`. A topic is a path
too: what is published about everyone whose place lies at it or below it. A person at a place belongs to the topics of
its course and section, so a reader of a lesson watches three topics: the site, the course, the section.
"""

from dataclasses import dataclass
from functools import lru_cache

SITE = ""
CACHED = 4096
"""Each event asks for the same few paths again: those of its course."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that exists, with the lessons before and after it in its course (None where there is none)."""

    path: str
    before: str | None = None
    after: str | None = None


@lru_cache(CACHED)
def topics_of(path: str) -> tuple[str, ...]:
    """The topics that a person at `path` belongs to, outermost first: `a/b/c` gives `("", "a", "a/b")`."""
    parts = path.split("/") if path else []
    return tuple("/".join(parts[:depth]) for depth in range(min(len(parts), 2) + 1))


@lru_cache(CACHED)
def topics_of_all(paths: tuple[str, ...]) -> frozenset[str]:
    """The topics of a person who is at all these places."""
    return frozenset([topic for path in paths for topic in topics_of(path)])


@lru_cache(CACHED)
def children_within(topic: str, paths: tuple[str, ...]) -> frozenset[str]:
    """The children of a topic that a person at all these places is counted under; not those outside of the topic."""
    return frozenset([child for path in paths if is_within(topic, path) and (child := child_of(topic, path))])


def child_of(topic: str, path: str) -> str | None:
    """The part of `path` that follows `topic`: what the topic counts the person under. None at the topic itself."""
    rest = path[len(topic) :].lstrip("/") if topic else path
    return rest.split("/", 1)[0] or None


def is_within(topic: str, path: str) -> bool:
    """Whether `path` is the topic's own place or below it."""
    return topic == SITE or path == topic or path.startswith(topic + "/")
