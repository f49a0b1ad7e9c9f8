"""People as the templates get them: tuples, which the cache of fragments compares at once, not key by key. Pure."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Self

from ..core.people import Person
from ..core.places import topics_of

FACES = 3
# Of places where one person is: most are at one alone.
LISTS_KEPT = 4096


class Face(NamedTuple):
    """A face: the picture or the initials, and the name beside it."""

    key: str
    name: str
    avatar: str
    role: str

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(person["key"], person["name"], person["avatar"], person["role"])


class Spot(NamedTuple):
    """The number of people at a place or below it, and up to three known faces."""

    number: int
    faces: tuple[Face, ...]


class Spots(tuple[Spot, ...]):
    """A type of its own, so that the cache of fragments compares it at once, not part by part."""


class Introduction(NamedTuple):
    """A person in one line: `at` is their place nearest to the viewer, `says` their study status."""

    face: Face
    says: str
    at: str
    title: str


class Row(NamedTuple):
    """A person's row: `at` is their place nearest to the viewer, with its title; `since` is when they came there, or to
    the site, and `minutes` how long ago; `says` is their study status."""

    key: str
    name: str
    avatar: str
    role: str
    status: str
    flag: str
    says: str
    at: str
    title: str
    since: int
    minutes: int


def says(person: Person) -> str:
    """A person's study status; "" for none."""
    return person["company"]["says"] if "company" in person else ""


def faces_by_place(people: Iterable[Person]) -> dict[str, list[Face]]:
    """The first faces at or below each place that has some; one look at each person, whatever the page lists."""
    found: dict[str, list[Face]] = {}
    for one in people:
        face = Face.of(one)
        for path in _at_or_above(tuple(one["places"])):
            faces = found.setdefault(path, [])
            if len(faces) < FACES:
                faces.append(face)
    return found


@lru_cache(LISTS_KEPT)
def _at_or_above(places: tuple[str, ...]) -> frozenset[str]:
    """The places at which someone is counted who is at all of these."""
    return frozenset(path for place in places for path in (*topics_of(place), place))
