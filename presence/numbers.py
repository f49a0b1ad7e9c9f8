"""How many people there are in each group of closeness, the anonymous included. Pure.

Lists of people are samples where a topic is large, and never hold the anonymous, so every number comes from `counts`
and `total`. `static/js/presence/numbers.js` has the same rule for the live page; `tests/presence/numbers_cases.json`
holds the two together.
"""

from collections.abc import Callable, Iterable, Mapping

from .person import Person
from .place import CLOSENESS, SITE, Place

People = Mapping[str, list[Person]]


def sizes(me: Place, at: Callable[[str], int], groups: People) -> dict[str, int]:
    """`at(path)` is how many are at a place or below it; `groups` are the people listed, by closeness.

    Whoever stands in a nearer group with one tab is not counted again for another tab.
    """
    course, section = _course_and_section(me.path)
    doors = [door for door in (me.before, me.after) if door]
    inside = [door for door in doors if door.rpartition("/")[0] == section]
    on_lesson = groups.get("same lesson", [])

    near = at(me.path) if me.path.count("/") == 2 else 0
    door = sum(map(at, doors)) - _also_at(doors, on_lesson)
    door_inside = sum(map(at, inside)) - _also_at(inside, on_lesson)
    in_section = at(section) if section else 0
    in_course = at(course) if course else 0
    counted = (
        near,
        door,
        in_section - near - door_inside,
        in_course - in_section - (door - door_inside),
        at(SITE) - in_course,
    )
    return {name: max(n, len(groups.get(name, []))) for name, n in zip(CLOSENESS, counted, strict=True)}


def near(sizes: Mapping[str, int], is_counted: bool) -> int:
    """How many others are on my lesson or next door."""
    return max(0, sizes["same lesson"] - is_counted) + sizes["next door"]


def _course_and_section(path: str) -> tuple[str, str]:
    parts = path.split("/")
    return parts[0], "/".join(parts[:2]) if len(parts) > 1 else ""


def _also_at(places: Iterable[str], people: Iterable[Person]) -> int:
    people = list(people)
    return sum(place in person["places"] for place in places for person in people)
