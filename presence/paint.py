"""The first paint: presence as the server writes it into a page, before any socket is open.

It is made from the same states that the sockets get, so it has passed the same privacy filter.
"""

from dataclasses import dataclass

from .person import Person
from .place import CLOSENESS, Place, closeness, order


@dataclass(frozen=True)
class Group:
    """The people who are equally close to the viewer; `label` is the heading in words."""

    closeness: str
    label: str
    people: list[Person]


@dataclass(frozen=True)
class FirstPaint:
    """What a page at a place shows of presence to one viewer.

    `totals` (topic: n) and `counts` (topic: child: n) are for everyone; `people`, nearest first, are empty for guests.
    `key` and `visibility` are the viewer's own, None for a guest.
    """

    place: str
    totals: dict[str, int]
    counts: dict[str, dict[str, int]]
    people: list[Person]
    groups: list[Group]
    key: str | None
    visibility: str | None

    @property
    def total(self) -> int:
        return self.totals.get("", 0)


def first_paint(
    place: Place, states: list[dict], more: list[dict], key: str | None, visibility: str | None
) -> FirstPaint:
    """`states` are those of the place's topics, outermost first; of `more` topics the numbers alone are shown."""
    people = order(place, key, merge(states)) if visibility else []
    return FirstPaint(
        place=place.path,
        totals={state["topic"]: state["total"] for state in states + more},
        counts={state["topic"]: state["counts"] for state in states + more},
        people=people,
        groups=_groups(place, people),
        key=key,
        visibility=visibility,
    )


def merge(states: list[dict]) -> list[Person]:
    """The people of several topics, each once: places from all of them, the rest from the innermost topic."""
    people: dict[str, Person] = {}
    for state in sorted(states, key=lambda state: state["topic"].count("/") if state["topic"] else -1):
        for person in state["people"]:
            merged = person.copy()
            merged["places"] = sorted({*person["places"], *people.get(person["key"], person)["places"]})
            people[person["key"]] = merged
    return list(people.values())


def _groups(me: Place, people: list[Person]) -> list[Group]:
    by_closeness: dict[str, list[Person]] = {name: [] for name in CLOSENESS}
    for person in people:
        by_closeness[closeness(me, person["places"])].append(person)
    return [Group(name, CLOSENESS[name], members) for name, members in by_closeness.items() if members]
