"""The real readers that a classmate sees, and the lesson to go to so as to stay within one lesson of one. Pure.

It gets what a page gets about the whole site, so it knows nothing of people who are not visible to everyone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

ASKING = ("stuck here", "happy to pair")


class Readers:
    """People by key; `hear` takes the states and diffs of the site's topic."""

    def __init__(self) -> None:
        self._people: dict[str, Mapping[str, Any]] = {}

    def hear(self, message: Mapping[str, Any]) -> None:
        if message["topic"]:
            return
        if "people" in message:
            self._people.clear()
        for key in message.get("leaves", ()):
            self._people.pop(key, None)
        for part in ("people", "joins", "updates"):
            self._people.update((one["key"], one) for one in message.get(part, ()) if one["role"] != "simulated")

    def places(self) -> list[list[str]]:
        """The places of each real reader, those who came first first."""
        return [
            one["places"] for one in sorted(list(self._people.values()), key=lambda one: (one["since"], one["key"]))
        ]

    def asking(self) -> set[tuple[str, str]]:
        """Those who ask for company: their keys, and what they say."""
        said = ((key, one.get("company", {}).get("says", "")) for key, one in list(self._people.items()))
        return {(key, says) for key, says in said if says in ASKING}


def is_near(lessons: Sequence[str], one: str, other: str) -> bool:
    """Whether two places are the same lesson, or next to each other in one course."""
    if one not in lessons or other not in lessons or one.split("/")[0] != other.split("/")[0]:
        return False
    return abs(lessons.index(one) - lessons.index(other)) <= 1


def where_to_go(
    lessons: Sequence[str], at: str, readers: Iterable[Sequence[str]], is_beside: bool = True
) -> str | None:
    """The lesson to go to: one beside a reader's, or the reader's own. None to stay, for no one reads, or someone reads
    near already.
    """
    read = [place for places in readers for place in places if place in lessons]
    if not read or any(is_near(lessons, at, place) for place in read):
        return None
    if not is_beside:
        return read[0]
    there = lessons.index(read[0])
    beside = [lessons[index] for index in (there + 1, there - 1) if 0 <= index < len(lessons)]
    return next((place for place in beside if is_near(lessons, place, read[0])), read[0])
