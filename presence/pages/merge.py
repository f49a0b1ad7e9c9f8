"""The people of several topics, each of them once. Pure. static/js/presence/model/merge.js does the same live."""

from ..core.people import Person
from ..core.places import is_within


def merge(states: list[dict]) -> list[Person]:
    """The people of several topics, each once: all is as the innermost topic has it, but for places outside of that.

    An outer topic is told a little later, and would hold somebody where they no longer are.
    """
    people: dict[str, Person] = {}
    for state in sorted(states, key=lambda state: state["topic"].count("/") if state["topic"] else -1):
        for member in state["people"]:
            people[member["key"]] = _over(people.get(member["key"], member), member, state["topic"])
    return list(people.values())


def _over(outer: Person, inner: Person, topic: str) -> Person:
    merged = inner.copy()
    farther = [path for path in outer["places"] if not is_within(topic, path)]
    merged["places"] = sorted({*inner["places"], *farther})
    if "company" in outer and not is_within(topic, outer["company"]["place"]):
        merged.setdefault("company", outer["company"])
    return merged
