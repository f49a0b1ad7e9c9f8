"""How close two places are, and the order of a list of people. Pure.

`static/js/presence/model/closeness.js` has the same rule for the live page; `tests/presence/closeness_cases.json` holds
the two together.
"""

from collections.abc import Iterable

from ..core.people import SAYINGS, Person
from ..core.places import SITE, Place

CLOSENESS = {
    "same lesson": "On this lesson",
    "next door": "Next door",
    "same section": "In this section",
    "same course": "In this course",
    "elsewhere": "Elsewhere",
}
"""The degrees of closeness, nearest first, and the words a page heads each group with."""

_RANK = {name: rank for rank, name in enumerate(CLOSENESS)}


def closeness(me: Place, paths: Iterable[str]) -> str:
    """How near the nearest of `paths` is to me: a key of CLOSENESS."""
    return min((_closeness_of_one(me, path) for path in paths), key=_RANK.__getitem__, default="elsewhere")


def nearest(me: Place, paths: list[str]) -> str:
    """The one of `paths` that makes somebody there as near to me as they are; the site for somebody who is nowhere."""
    return min(paths, key=lambda path: _RANK[_closeness_of_one(me, path)], default=SITE)


def rank_of_saying(person: Person) -> int:
    """Who says something comes before who does not, in the order of SAYINGS."""
    return SAYINGS.index(person["company"]["says"]) if "company" in person else len(SAYINGS)


def order(me: Place, my_key: str | None, people: Iterable[Person]) -> list[Person]:
    """Person payloads as every list shows them: myself, the nearest, then by what they say, active, earliest, key."""

    def rank(person: Person) -> tuple:
        near = _RANK[closeness(me, person["places"])]
        asks, away = rank_of_saying(person), person["status"] != "active"
        return person["key"] != my_key, near, asks, away, person["since"], person["key"]

    return sorted(people, key=rank)


def _closeness_of_one(me: Place, path: str) -> str:
    if path.count("/") == 2 and path == me.path:
        return "same lesson"
    if path and path in (me.before, me.after):
        return "next door"
    mine, theirs = me.path.split("/"), path.split("/")
    if len(mine) > 1 and mine[:2] == theirs[:2]:
        return "same section"
    return "same course" if mine[0] and mine[0] == theirs[0] else "elsewhere"
