"""The first paint: presence as the server writes it into a page, before any socket is open.

It is made from the same states that the sockets get, so it has passed the same privacy filter. viewer.py puts the
viewer at the page's place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..core.payloads import State
from ..core.people import Person
from ..core.places import Place
from . import group_sizes, peer_help
from .closeness import nearest, order
from .groups import Group, groups_of
from .merge import merge
from .painted import Face, Introduction, Row, Spot, Spots, faces_by_place, says
from .viewer import Viewer, with_person, with_viewer

NAMED = 6


@dataclass(frozen=True)
class FirstPaint:
    """Everything that a page at a place shows of presence to one viewer (None: a guest).

    `totals` (topic: n) and `counts` (topic: child: n) are for everyone; `people`, nearest first, are empty for guests.
    `now` is Unix time in seconds.
    """

    place: Place
    totals: dict[str, int]
    counts: dict[str, dict[str, int]]
    people: list[Person]
    groups: list[Group]
    viewer: Viewer | None
    now: float

    @property
    def key(self) -> str | None:
        return self.viewer.key if self.viewer else None

    @property
    def visibility(self) -> str | None:
        return self.viewer.visibility if self.viewer else None

    @property
    def total(self) -> int:
        return self.at("")

    @property
    def others(self) -> int:
        return self.total - self._is_counted

    @property
    def in_course(self) -> int:
        return self.at(self.place.path.split("/")[0]) if self.place.path else 0

    @property
    def near(self) -> int:
        """The number of others on the viewer's lesson or next door."""
        return group_sizes.near({group.closeness: group.size for group in self.groups}, self._is_counted)

    @property
    def said(self) -> str:
        """The viewer's study status on this lesson; "" for none."""
        return peer_help.said(self.viewer.person, self.place.path) if self.viewer else ""

    @property
    def ahead(self) -> Person | None:
        """The person the viewer could ask if they are stuck here."""
        return peer_help.find_helper(self.place, self.key, self.people)

    @property
    def place_ahead(self) -> str | None:
        """The place of that person: the viewer's own if they have just finished it, else the next lesson."""
        finished = self.ahead and peer_help.has_finished(self.place, self.ahead)
        return self.place.path if finished else self.place.after

    @property
    def _is_counted(self) -> bool:
        return bool(self.viewer and self.viewer.is_counted)

    def at(self, path: str) -> int:
        """The number of people at a place or below it, as far as this page knows."""
        return _at(self.totals, self.counts, path)

    def spot(self, path: str) -> Spot:
        """The number and the faces, nearest first, at a place or below it."""
        return Spot(self.at(path), tuple(self._faces.get(path, ())))

    def spots(self, paths: Iterable[str]) -> Spots:
        return Spots([self.spot(path) for path in paths])

    def introductions(self, titles: Mapping[str, str]) -> tuple[Introduction, ...]:
        """The people that the bubble names."""
        return tuple([self._introduction(one, titles) for one in self.people[:NAMED]])

    def _introduction(self, person: Person, titles: Mapping[str, str]) -> Introduction:
        at = self.nearest(person)
        return Introduction(Face.of(person), says(person), at, titles.get(at, ""))

    @cached_property
    def _faces(self) -> dict[str, list[Face]]:
        return faces_by_place(self.people)

    def rows(self, group: Group, allowed: int, titles: Mapping[str, str]) -> list[Row]:
        """The rows that the page paints of a group, about `allowed` at most."""
        is_here = group.closeness == "same lesson"
        return [
            self._row(one, titles, self.there_since(one) if is_here else one["since"]) for one in group.painted(allowed)
        ]

    def _row(self, person: Person, titles: Mapping[str, str], since: int) -> Row:
        at, minutes = self.nearest(person), int((self.now - since) // 60)
        shown = person["status"], person.get("flag", ""), says(person)
        return Row(*Face.of(person), *shown, at, titles.get(at, ""), since, minutes)

    def others_at(self, path: str) -> list[Person]:
        """The other known people at exactly this place."""
        return [one for one in self.people if path in one["places"] and one["key"] != self.key]

    def there_since(self, person: Person) -> int:
        """The moment when a person came to the viewer's lesson, in Unix seconds."""
        return person.get("arrived", {}).get(self.place.path.rpartition("/")[2], person["since"])

    def nearest(self, person: Person) -> str:
        """The place that makes a person as near to the viewer as they are."""
        return nearest(self.place, person["places"])


def first_paint(
    place: Place, states: list[State], more: list[State], viewer: Viewer | None = None, now: float = 0.0
) -> FirstPaint:
    """Make the first paint of a place from the `states` of its topics, outermost first, and the numbers of `more`."""
    everything = [with_viewer(state, place, viewer) for state in states] + more
    totals = {state["topic"]: state["total"] for state in everything}
    counts = {state["topic"]: state["counts"] for state in everything}
    people = order(place, viewer.key, with_person(merge(states), viewer.person)) if viewer else []
    groups = groups_of(place, people, lambda path: _at(totals, counts, path))
    return FirstPaint(place, totals, counts, people, groups, viewer, now)


def _at(totals: dict[str, int], counts: dict[str, dict[str, int]], path: str) -> int:
    if path in totals:
        return totals[path]
    parent, _, child = path.rpartition("/")
    return counts.get(parent, {}).get(child, 0)
