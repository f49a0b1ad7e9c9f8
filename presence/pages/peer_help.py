"""Company, asked for and given: what somebody says on a lesson, and who could help there. Pure.

`static/js/presence/model/peer_help.js` has the same rules for the live page; `tests/presence/closeness_cases.json`
holds both.
"""

from collections.abc import Iterable

from ..core.people import SAYINGS, Person
from ..core.places import Place

FINISHED = SAYINGS[-1]


def said(person: Person | None, path: str) -> str:
    """What somebody says at a place; "" for nothing."""
    company = person.get("company") if person else None
    return company["says"] if company and company["place"] == path else ""


def ahead(me: Place, my_key: str | None, people: Iterable[Person]) -> Person | None:
    """The one to ask when I am stuck: whoever has just finished my lesson, or reads the next. `people` are in order."""
    others = [person for person in people if person["key"] != my_key]
    finished = (person for person in others if has_finished(me, person))
    reading = (p for p in others if me.after and me.after in p["places"] and p["status"] == "active")
    return next(finished, None) or next(reading, None)


def has_finished(me: Place, person: Person) -> bool:
    """Whether somebody says that they have just finished my lesson; they may be at others too."""
    return said(person, me.path) == FINISHED
