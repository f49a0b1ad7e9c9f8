"""The map of a course: the people on each lesson, from the states of its sections. Pure.

static/js/classroom/course_map.js does the same live. Person payloads are passed through as the states hold them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from courses import Course, Lesson, Section
from presence import Person
from presence.core.payloads import State
from presence.pages.closeness import status_rank
from presence.pages.peer_help import said

MAX_SHOWN = 24
MAX_LONGEST = 5


@dataclass(frozen=True)
class LessonPeople:
    """A lesson and its number of people; `people` are the visible ones, `shown` the first of them that fit."""

    lesson: Lesson
    size: int
    people: list[Person]

    @property
    def shown(self) -> list[Person]:
        return self.people[:MAX_SHOWN]

    @property
    def rest(self) -> int:
        return self.size - len(self.shown)


@dataclass(frozen=True)
class SectionPeople:
    """A section and the people on its lessons; `size` counts each person once."""

    section: Section
    size: int
    lessons: list[LessonPeople]


def section_people(course: Course, states: dict[str, State]) -> list[SectionPeople]:
    """The map. `states` are `presence_state` payloads by topic, one for each section of the course."""
    return [_section(section, states[section.place]) for section in course.sections]


def asking_for_help(sections: Iterable[SectionPeople]) -> list[tuple[Person, Lesson]]:
    """People with a study status and their lesson: the most urgent status first, then the longest present."""
    asking = [(person, lesson) for person, lesson in _everyone(sections) if said(person, lesson.place)]
    return sorted(asking, key=lambda pair: (status_rank(pair[0]), pair[0]["since"], pair[0]["key"]))


def longest_present(sections: Iterable[SectionPeople]) -> list[tuple[Person, Lesson]]:
    """Learners by time on the site, longest first, with their lesson. Their time on that lesson is not known here."""
    learners = [(person, lesson) for person, lesson in _everyone(sections) if person["role"] != "instructor"]
    return sorted(learners, key=lambda pair: (pair[0]["since"], pair[0]["key"], pair[1].place))[:MAX_LONGEST]


def _everyone(sections: Iterable[SectionPeople]) -> list[tuple[Person, Lesson]]:
    return [(person, one.lesson) for section in sections for one in section.lessons for person in one.people]


def _section(section: Section, state: State) -> SectionPeople:
    return SectionPeople(section, state["total"], [_lesson(lesson, state) for lesson in section.lessons])


def _lesson(lesson: Lesson, state: State) -> LessonPeople:
    people = [person for person in state["people"] if lesson.place in person["places"]]
    people.sort(key=lambda person: (person["status"] != "active", person["since"], person["key"]))
    return LessonPeople(lesson, max(state["counts"].get(lesson.slug, 0), len(people)), people)
