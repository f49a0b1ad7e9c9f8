"""The people of several topics, each of them once. Pure. static/js/presence/merge.js does the same live."""

from .person import Person
from .place import is_within


def merge(states: list[dict]) -> list[Person]:
    """The people of several topics, each once: places from all of them, the rest from the innermost topic."""
    people: dict[str, Person] = {}
    for state in sorted(states, key=lambda state: state["topic"].count("/") if state["topic"] else -1):
        for member in state["people"]:
            people[member["key"]] = _over(people.get(member["key"], member), member, state["topic"])
    return list(people.values())


def _over(outer: Person, inner: Person, topic: str) -> Person:
    merged = inner.copy()
    merged["places"] = sorted({*inner["places"], *outer["places"]})
    # An outer topic is told a little later, and may hold what has been taken back.
    if "company" in outer and not is_within(topic, outer["company"]["place"]):
        merged.setdefault("company", outer["company"])
    return merged
