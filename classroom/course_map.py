"""The map of a course: who is on each of its lessons, from the states of its sections. Pure.

static/js/classroom/course_map.js does the same live. A Person is taken as it comes out of a state; none is made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from courses import Course, Lesson, Section
from presence.core.places import rank_of_saying
from presence.pages.peer_help import said

SEATS = 24
LONGEST = 5


@dataclass(frozen=True)
class Spot:
    """A lesson and how many people are on it; `people` are those who may be shown, `seats` those who find room."""

    lesson: Lesson
    size: int
    people: list[dict]

    @property
    def seats(self) -> list[dict]:
        return self.people[:SEATS]

    @property
    def rest(self) -> int:
        return self.size - len(self.seats)


@dataclass(frozen=True)
class Block:
    """A section with its lessons; `size` counts each person once."""

    section: Section
    size: int
    spots: list[Spot]


def blocks(course: Course, states: dict[str, dict]) -> list[Block]:
    """`states` are `presence_state` payloads by topic, one for each section of the course."""
    return [_block(section, states[section.place]) for section in course.sections]


def asking(blocks: Iterable[Block]) -> list[tuple[dict, Lesson]]:
    """Those who ask for company, with the lesson they do it on: who needs it most, then who has been here longest."""
    asking = [(person, lesson) for person, lesson in _seated(blocks) if said(person, lesson.place)]
    return sorted(asking, key=lambda pair: (rank_of_saying(pair[0]), pair[0]["since"], pair[0]["key"]))


def longest(blocks: Iterable[Block]) -> list[tuple[dict, Lesson]]:
    """Those who have been here longest, with the lesson they are on; nobody knows yet since when they are on it."""
    learners = [(person, lesson) for person, lesson in _seated(blocks) if person["role"] != "instructor"]
    return sorted(learners, key=lambda pair: (pair[0]["since"], pair[0]["key"], pair[1].place))[:LONGEST]


def _seated(blocks: Iterable[Block]) -> list[tuple[dict, Lesson]]:
    return [(person, spot.lesson) for block in blocks for spot in block.spots for person in spot.people]


def _block(section: Section, state: dict) -> Block:
    return Block(section, state["total"], [_spot(lesson, state) for lesson in section.lessons])


def _spot(lesson: Lesson, state: dict) -> Spot:
    people = [person for person in state["people"] if lesson.place in person["places"]]
    people.sort(key=lambda person: (person["status"] != "active", person["since"], person["key"]))
    return Spot(lesson, max(state["counts"].get(lesson.slug, 0), len(people)), people)
