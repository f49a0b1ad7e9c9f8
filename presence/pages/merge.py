"""People of several topics, once each. Pure. static/js/presence/model/merge.js does the same live."""

from collections.abc import Iterable

from ..core.payloads import State
from ..core.people import Person
from ..core.places import is_within


def merge(states: Iterable[State]) -> list[Person]:
    """List the people of several topics, each as the innermost topic has them, plus their places outside of it.

    An outer topic is published a little later, and would keep a person where they no longer are.
    """
    people: dict[str, Person] = {}
    for state in sorted(states, key=lambda state: state["topic"].count("/") if state["topic"] else -1):
        for member in state["people"]:
            people[member["key"]] = _over(people.get(member["key"], member), member, state["topic"])
    return list(people.values())


def _over(outer: Person, inner: Person, topic: str) -> Person:
    farther = [path for path in outer["places"] if not is_within(topic, path)]
    if not farther:
        # As almost everyone is, a crowd too: at one place, and in this topic as the inner one has them.
        return inner
    merged = inner.copy()
    merged["places"] = sorted({*inner["places"], *farther})
    if "company" in outer and not is_within(topic, outer["company"]["place"]):
        merged.setdefault("company", outer["company"])
    return merged
