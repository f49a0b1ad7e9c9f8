"""Study statuses on a lesson, and the person to ask when stuck there. Pure.

`static/js/presence/model/peer_help.js` has the same rules for the live page; `tests/presence/closeness_cases.json`
holds both.
"""

from collections.abc import Iterable

from ..core.people import STUDY_STATUSES, Person
from ..core.places import Place

FINISHED = STUDY_STATUSES[-1]


def said(person: Person | None, path: str) -> str:
    """The study status that a person has set at a place; "" for none."""
    company = person.get("company") if person else None
    is_set = company and company["place"] == path and company["says"] in STUDY_STATUSES
    return company["says"] if company and is_set else ""


def find_helper(me: Place, my_key: str | None, people: Iterable[Person]) -> Person | None:
    """Find the person to ask when I am stuck: one who has just finished my lesson, or reads the next.

    `people` are in the order of a list.
    """
    others = [person for person in people if person["key"] != my_key]
    finished = (person for person in others if has_finished(me, person))
    reading = (p for p in others if me.after and me.after in p["places"] and p["status"] == "active")
    return next(finished, None) or next(reading, None)


def has_finished(me: Place, person: Person) -> bool:
    """Return whether a person has just finished my lesson; they may be at others too."""
    return said(person, me.path) == FINISHED
