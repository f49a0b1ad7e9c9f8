"""The people of a diff: joined, changed and gone. Pure."""

from operator import itemgetter
from typing import NamedTuple

from .people import Person

by_arrival = itemgetter("since", "key")


class PeopleDiff(NamedTuple):
    joins: list[Person]
    updates: list[Person]
    leaves: list[str]

    def add(self, before: Person | None, now: Person | None) -> None:
        """Sort a person in, as published before and as they are now."""
        if before == now:
            return
        if before and now and before["key"] == now["key"]:
            self.updates.append(now)
            return
        if before:
            self.leaves.append(before["key"])
        if now:
            self.joins.append(now)

    def sort(self) -> None:
        """Sort all, so that the order does not reveal who was here unseen, nor differ between processes."""
        self.joins.sort(key=by_arrival)
        self.updates.sort(key=by_arrival)
        self.leaves.sort()
