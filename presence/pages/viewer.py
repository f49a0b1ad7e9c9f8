"""The user a page is painted for: already at the page's place, where their own socket is about to enter.

So nothing on the page moves when it does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..core.payloads import State
from ..core.people import LessonStatus, Person, User
from ..core.places import Place, child_of, is_within
from ..core.visibility import is_counted, person


@dataclass(frozen=True)
class Viewer:
    """`places` are where they are already, `person` is how others see them once they enter."""

    key: str
    visibility: str
    is_counted: bool
    places: tuple[str, ...]
    person: Person | None


def viewer_of(
    user: User,
    key: str,
    place: Place,
    places: Iterable[str],
    since: float,
    status: LessonStatus | None = None,
    arrived: Mapping[str, float] | None = None,
) -> Viewer:
    """Make a user the viewer of the page at a place; all from `places` on is as the roster has it."""
    places = tuple(places)
    mine = person(user, key, {*places, place.path}, "active", since, status, arrived)
    return Viewer(key, user.visibility, is_counted(user), places, mine)


def with_person(people: list[Person], mine: Person | None) -> list[Person]:
    """The people with the viewer as they will be once they enter."""
    return [other for other in people if other["key"] != mine["key"]] + [mine] if mine else people


def with_viewer(state: State, place: Place, viewer: Viewer | None) -> State:
    """A state's numbers with the viewer at the place."""
    if viewer is None or not viewer.is_counted:
        return state
    counts, child = dict(state["counts"]), child_of(state["topic"], place.path)
    within = [path for path in viewer.places if is_within(state["topic"], path)]
    if child and child not in [child_of(state["topic"], path) for path in within]:
        counts[child] = counts.get(child, 0) + 1
    total = state["total"] + (not within)
    return State({**state, "counts": counts, "total": total})
