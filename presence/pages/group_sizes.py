"""People per closeness group, the anonymous included. Pure.

Lists of people are samples where a topic is large, and never hold the anonymous, so every number comes from `counts`
and `total`. `static/js/presence/model/group_sizes.js` has the same rule for the live page;
`tests/presence/numbers_cases.json` holds the two together.
"""

from collections.abc import Callable, Iterable, Mapping

from ..core.people import Person
from ..core.places import SITE, Place, is_within
from .closeness import CLOSENESS

People = Mapping[str, list[Person]]


def sizes(me: Place, at: Callable[[str], int], groups: People) -> dict[str, int]:
    """Count each group. `at(path)` is how many are at a place or below it, `groups` the people listed, by closeness.

    A person who is in a nearer group with one tab is not counted again for another tab.
    """
    course, section = _course_and_section(me.path)
    doors = [door for door in (me.before, me.after) if door]
    inside = [door for door in doors if door.rpartition("/")[0] == section]
    astray = _astray(section, inside, groups)
    near = at(me.path) if me.path.count("/") == 2 else 0
    door, door_inside = _next_door(doors, at, groups), _next_door(inside, at, groups)
    in_section = at(section) if section else 0
    in_course = at(course) if course else 0
    counted = (
        near,
        door,
        in_section - near - door_inside - astray,
        in_course - in_section - (door - door_inside) + astray,
        at(SITE) - in_course,
    )
    return {name: max(n, len(groups.get(name, []))) for name, n in zip(CLOSENESS, counted, strict=True)}


def near(sizes: Mapping[str, int], is_counted: bool) -> int:
    """Count the others on my lesson or next door."""
    return max(0, sizes["same lesson"] - is_counted) + sizes["next door"]


def _course_and_section(path: str) -> tuple[str, str]:
    parts = path.split("/")
    return parts[0], "/".join(parts[:2]) if len(parts) > 1 else ""


def _next_door(doors: list[str], at: Callable[[str], int], groups: People) -> int:
    """Count those at these doors who are not on my lesson too, each once."""
    on_lesson, next_door = groups.get("same lesson", []), groups.get("next door", [])
    return sum(map(at, doors)) - _also_at(doors, on_lesson) - _at_both(doors, next_door)


def _astray(section: str, inside: list[str], groups: People) -> int:
    """Count those in my section with one tab, and next door with another one outside of it."""
    inner = (person for person in groups.get("next door", []) if any(is_within(section, at) for at in person["places"]))
    return sum(not _also_at(inside, [person]) for person in inner)


def _at_both(doors: list[str], people: Iterable[Person]) -> int:
    return sum(_also_at(doors, [person]) > 1 for person in people)


def _also_at(places: Iterable[str], people: Iterable[Person]) -> int:
    people = list(people)
    return sum(place in person["places"] for place in places for person in people)
