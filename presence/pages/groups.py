"""The people of a page in groups, those who are equally close to the viewer. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from ..core.people import Person
from ..core.places import Place
from . import group_sizes
from .closeness import CLOSENESS, closeness


@dataclass(frozen=True)
class Group:
    """The people who are equally close to the viewer; `label` is the heading, `size` counts the anonymous too."""

    closeness: str
    label: str
    size: int
    people: list[Person]

    def painted(self, allowed: int) -> list[Person]:
        """The people that the collapsed group shows, one more than `allowed` rather than a "+1"; the rest of a crowd
        comes over the socket."""
        return self.people if len(self.people) <= allowed + 1 else self.people[:allowed]


def groups_of(me: Place, people: list[Person], at: Callable[[str], int]) -> list[Group]:
    """All five groups, nearest first; a page hides those of size 0."""
    by_closeness: dict[str, list[Person]] = {name: [] for name in CLOSENESS}
    for member in people:
        by_closeness[closeness(me, member["places"])].append(member)
    sizes = group_sizes.sizes(me, at, by_closeness)
    return [Group(name, CLOSENESS[name], sizes[name], by_closeness[name]) for name in CLOSENESS]
