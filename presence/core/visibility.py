"""The privacy filter: decides what others may know of a user. Pure.

Nothing else builds a Person, and nothing that reaches other people is made from a `User` in any other way. A user
chooses a `visibility`:

    everyone    name, avatar, role, places, status and since are published
    anonymous   counted in `counts` and `total`, and nothing else
    hidden      not even counted: for everyone else they do not exist
"""

from collections.abc import Iterable, Mapping

from .people import ActivityStatus, Face, LessonStatus, Person, User


def is_counted(user: User) -> bool:
    """Return whether the user is in `counts` and `total`."""
    return user.visibility != "hidden"


def is_shown(user: User) -> bool:
    """Return whether anything but a number may be published of the user."""
    return user.visibility == "everyone"


def becomes_visible(before: User, after: User) -> bool:
    """Return whether the change makes the user newly visible; `since` must then start anew, and no status holds."""
    return is_shown(after) and (not is_shown(before) or after.alias != before.alias)


def appearance(user: User) -> str:
    """The form in which others see a user. They must not learn that two different ones belong to one user."""
    return f"{user.visibility} {user.alias}"


def person(
    user: User,
    key: str,
    places: Iterable[str],
    status: ActivityStatus,
    since: float,
    company: LessonStatus | None = None,
    arrived: Mapping[str, float] | None = None,
) -> Person | None:
    """The Person that others get, or None for a user who is not visible to everyone.

    `arrived` is when they came to each place. Moments before `since` are left out: the user may have been hidden.
    """
    if not is_shown(user):
        return None
    paths, moment = sorted(set(places)), int(since)
    shown = Person(
        key=key, name=user.name, avatar=user.avatar, role=user.role, places=paths, status=status, since=moment
    )
    if user.flag:
        shown["flag"] = user.flag
    if company and company["place"] in paths:
        shown["company"] = company
    if arrived and (later := _arrivals(shown, arrived)):
        shown["arrived"] = later
    return shown


def _arrivals(shown: Person, arrived: Mapping[str, float]) -> dict[str, int]:
    """{lesson: moment} of the lessons that they came to after `since`."""
    later = {}
    for place in shown["places"]:
        moment = arrived.get(place, 0.0)
        if moment >= shown["since"] + 1 and place.count("/") == 2:
            later[place.rpartition("/")[2]] = int(moment)
    return later


def face(user: User, key: str) -> Face | None:
    """The Face that others get in a room, or None for a user who is not visible to everyone."""
    shown = person(user, key, (), "active", 0.0)
    if shown is None:
        return None
    found = Face(key=shown["key"], name=shown["name"], avatar=shown["avatar"], role=shown["role"])
    if "flag" in shown:
        found["flag"] = shown["flag"]
    return found
