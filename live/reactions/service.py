"""Reactions for one app: the numbers of a lesson, and what changes them, whichever way it came in.

The room tells open pages what has changed: the service calls its `changed(place)`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from courses import Lesson, current_catalog
from live.participants import Participant
from live.refused import Refused
from presence import Presence

from . import store
from .counting import KINDS, fewest, told

HIDDEN = "You're hidden now, and this reaction is already counted, so it stays as it is."


@dataclass(frozen=True)
class Row:
    """The row after a chapter: the published numbers, and the reader's own reactions."""

    numbers: dict[str, int]
    mine: frozenset[str]


@dataclass(frozen=True)
class Lost:
    """A chapter where people are lost: how many, and never who."""

    lesson: Lesson
    chapter: str
    anchor: str
    number: int


class Reactions:
    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self.changed: Callable[[str], None] = lambda place: None

    def now(self) -> float:
        return self._presence.clock()

    def cells(self, lesson: Lesson) -> dict[str, dict[str, int]]:
        """The numbers by anchor, as the room tells them; those of chapters that are gone are kept, and not told."""
        counts = store.counts(lesson.place, self.now())
        numbers = {anchor: told(counts.get(anchor, {})) for anchor in anchors(lesson)}
        return {anchor: one for anchor, one in numbers.items() if one}

    def rows(self, lesson: Lesson, reader: Participant | None) -> dict[str, Row]:
        """One reader's rows, by anchor."""
        numbers = self.cells(lesson)
        mine = store.mine(reader.id, lesson.place, self.now()) if reader else {}
        return {anchor: Row(numbers.get(anchor, {}), frozenset(mine.get(anchor, ()))) for anchor in anchors(lesson)}

    def lost_this_week(self, course: str) -> list[Lost]:
        """The chapters where people of a course were lost in the last seven days, most of them first."""
        numbers = store.lost(course, self.now(), days=7)
        there = current_catalog().course(course)
        lessons = {lesson.place: lesson for lesson in there.lessons} if there else {}
        found = [
            Lost(lesson, title, anchor, numbers.get((place, anchor), 0))
            for place, lesson in lessons.items()
            for anchor, title in titles(lesson).items()
        ]
        told = [one for one in found if one.number >= fewest("lost")]
        return sorted(told, key=lambda one: -one.number)

    def react(self, by: Participant, lesson: Lesson, at: str, kind: str, on: bool) -> dict[str, int]:
        """Set a reaction to the wanted state, so that twice is once; returns the numbers there now."""
        check(lesson, at, kind)
        now = self.now()
        if on:
            store.add(by, lesson.place, at, kind, now)
        elif not store.remove(by, lesson.place, at, kind, now):
            raise Refused(HIDDEN)
        self.changed(lesson.place)
        return told(store.counts_of_part(lesson.place, at, now))

    def forget_simulated(self) -> None:
        """Delete the reactions of simulated classmates, so that the numbers count real people only."""
        for place in store.delete_simulated():
            self.changed(place)


def anchors(lesson: Lesson) -> list[str]:
    """The targets of reactions: the lesson and its chapters; none where the author has switched them off."""
    return ["", *(chapter.anchor for chapter in lesson.chapters)] if lesson.reactions else []


def titles(lesson: Lesson) -> dict[str, str]:
    """The titles of what one can react to, by anchor."""
    chapters = {chapter.anchor: chapter.text for chapter in lesson.chapters}
    return {anchor: chapters.get(anchor, "The whole lesson") for anchor in anchors(lesson)}


def check(lesson: Lesson, at: str, kind: str) -> None:
    if not lesson.reactions:
        raise Refused("The author of this lesson has switched reactions off.", 404)
    if at not in anchors(lesson):
        raise Refused(f"There is no part '{at}' on this lesson.", 404)
    if kind not in KINDS:
        raise Refused(f"A reaction is clap, aha, love or lost, not '{kind}'.", 422)
