"""Closeness of two places, and the order of a list of people. Pure.

`static/js/presence/model/closeness.js` has the same rule for the live page; `tests/presence/closeness_cases.json` holds
the two together.
"""

from collections.abc import Iterable
from functools import lru_cache

from ..core.people import STUDY_STATUSES, Person
from ..core.places import SITE, Place

CLOSENESS = {
    "same lesson": "On this lesson",
    "next door": "Next door",
    "same section": "In this section",
    "same course": "In this course",
    "elsewhere": "Elsewhere",
}
"""The degrees of closeness, nearest first, and the words a page heads each group with."""

_NAMES = tuple(CLOSENESS)
# A page asks three times about each of its people, who are at a few places.
_PAIRS_KEPT = 4096


def closeness(me: Place, paths: Iterable[str]) -> str:
    """The closeness of the nearest of `paths` to me: a key of CLOSENESS."""
    return _NAMES[_rank(me, paths)]


def nearest(me: Place, paths: list[str]) -> str:
    """The nearest of `paths` to me; the site if there are none."""
    return min(paths, key=lambda path: _rank_of_one(me, path), default=SITE)


def status_rank(person: Person) -> int:
    """Sort people with a study status first, in the order of STUDY_STATUSES."""
    says = person["company"]["says"] if "company" in person else ""
    return STUDY_STATUSES.index(says) if says in STUDY_STATUSES else len(STUDY_STATUSES)


def order(me: Place, my_key: str | None, people: Iterable[Person]) -> list[Person]:
    """Sort people as every list shows them: myself, the nearest, then by study status, active, earliest, key."""

    def rank(person: Person) -> tuple[object, ...]:
        near = _rank(me, person["places"])
        asks, away = status_rank(person), person["status"] != "active"
        return person["key"] != my_key, near, asks, away, person["since"], person["key"]

    return sorted(people, key=rank)


def _rank(me: Place, paths: Iterable[str]) -> int:
    return min([_rank_of_one(me, path) for path in paths], default=len(_NAMES) - 1)


@lru_cache(_PAIRS_KEPT)
def _rank_of_one(me: Place, path: str) -> int:
    return _NAMES.index(_closeness_of_one(me, path))


def _closeness_of_one(me: Place, path: str) -> str:
    if path.count("/") == 2 and path == me.path:
        return "same lesson"
    if path and path in (me.before, me.after):
        return "next door"
    mine, theirs = me.path.split("/"), path.split("/")
    if len(mine) > 1 and mine[:2] == theirs[:2]:
        return "same section"
    return "same course" if mine[0] and mine[0] == theirs[0] else "elsewhere"
