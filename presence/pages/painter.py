"""Takes from the roster what the first paint of a page is made of, and from the request whom it is for."""

from ..core.places import Place, topics_of
from ..core.roster import Roster
from . import first_paint as painting
from .first_paint import FirstPaint, Viewer


def first_paint(presence, place: Place) -> FirstPaint:
    """The first paint of the page at a place, for whoever sends this request."""
    states = presence.states(place.path)
    with presence.lock:
        more = list(_rest_of_course(presence.roster, place.path))
    return painting.first_paint(place, states, more, _viewer(presence, place), presence.log.now())


def _viewer(presence, place: Place) -> Viewer | None:
    user = presence.identify()
    if user is None:
        return None
    key = presence.keys.of(user)
    with presence.lock:
        member = presence.roster.members.get(user.id)
        if member is None:
            return painting.viewer(user, key, place, [], presence.log.now())
        return painting.viewer(user, key, place, member.places, member.since, member.company)


def _rest_of_course(roster: Roster, path: str):
    """The states of the course's topics that the page at a place is not in."""
    course, own = path.split("/")[0], topics_of(path)
    for topic in roster.topics.values():
        if course and topic.path.startswith(course + "/") and topic.path not in own:
            yield topic.state()
