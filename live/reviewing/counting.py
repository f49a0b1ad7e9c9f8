"""The number of people who have a lesson open that is theirs to recall today.

Only of people who are visible to everyone, and only of lessons that they finished while others could know of it. One
would be a particular person, who has finished a particular lesson, so a number begins with two.
"""

from collections.abc import Mapping
from datetime import date

from courses import progress, review
from presence import Presence
from presence.core.visibility import is_shown

FEWEST = 2


def others_reviewing(presence: Presence, viewer_id: int) -> int:
    """The number of people besides the viewer who are reviewing; 0 for fewer than two."""
    readers = _readers(presence)
    readers.pop(viewer_id, None)
    finished, today = progress.finished_days_of(readers), progress.today()
    n = sum(_is_reviewing(places, finished.get(id_, {}), today) for id_, places in readers.items())
    return n if n >= FEWEST else 0


def _readers(presence: Presence) -> dict[int, set[str]]:
    """The lessons that each visible person has open, by user id. Simulated classmates are in no number."""
    with presence.node.lock:
        members = [one for one in presence.roster.members.values() if is_shown(one.user)]
        places = {one.user.id: set(one.places) for one in members if one.user.role != "simulated"}
    return {int(id_): {one for one in found if one.count("/") == 2} for id_, found in places.items() if id_.isdecimal()}


def _is_reviewing(places: set[str], finished: Mapping[str, date], today: date) -> bool:
    return any(review.is_due(finished[place], today) for place in places & finished.keys())
