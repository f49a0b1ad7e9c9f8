"""Old places: the front matter key `formerly` of lessons, sections and courses."""

from collections.abc import Iterator

from .draft import Draft
from .faults import Fault, Faults


def moved(courses: list[Draft], faults: Faults) -> dict[str, str]:
    """{old place: place now}. A section's or course's old place holds for all that is in it."""
    current = {draft.place for course in courses for draft in course.walk()}
    found: dict[str, str] = {}
    for draft in (draft for course in courses for draft in course.walk()):
        for old in draft.formerly:
            if problem := _problem(old, draft.place, current, found):
                faults.add(Fault(draft.label, 0, f"It was formerly '{old}', {problem}."))
            else:
                found[old] = draft.place
    for draft in (draft for course in courses for draft in course.walk()):
        for old, new in [*_below(draft, current | set(found), found)]:
            if old not in current:
                found.setdefault(old, new)
    return found


def _problem(old: str, place: str, current: set[str], found: dict[str, str]) -> str:
    if old in current:
        return "which is a place of its own now"
    if old in found:
        return f"and so was '{found[old]}'"
    if old.count("/") != place.count("/"):
        return f"which cannot become '{place}': one is {_kind(old)}, the other {_kind(place)}"
    return ""


def _kind(place: str) -> str:
    return ("a course", "a section", "a lesson")[place.count("/")]


def _below(draft: Draft, places: set[str], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Places below the draft's old places: all that is below it now, under its old names too."""
    for old in draft.formerly:
        for place in places:
            if place.startswith(f"{draft.place}/"):
                yield old + place.removeprefix(draft.place), found.get(place, place)
