"""A stable sample of at most `cap` ids: max-min fair over groups, earliest first. Pure.

A topic of ten thousand people publishes two dozen faces. Each group shows its first to come, then each its second, and
so on until there is no room; the last round goes to those who came earliest. So the far corners of a site have faces
too, and a face that is shown stays, because newcomers line up behind it. The choice depends only on who is there, not
on the order in which things happened, so every process shows the same people, even one that has just started.
"""

from bisect import bisect_left, insort
from collections.abc import Set
from typing import cast

NONE: frozenset[str] = frozenset()


class Sample:
    """Ids, each in one group since a moment; `id in sample` tells whether one is shown."""

    def __init__(self, cap: int) -> None:
        self._cap = self._level = cap
        self._entries: dict[str, tuple[str, float]] = {}
        self._lines: dict[str, list[tuple[float, str]]] = {}
        # The number shown at the head of each line: `_level`, or the whole line if it is shorter, or one more.
        self._lengths: dict[str, int] = {}

    def __contains__(self, member: object) -> bool:
        id_ = cast(str, member)
        if id_ not in self._entries or len(self._entries) <= self._cap:
            return id_ in self._entries
        group, moment = self._entries[id_]
        return bisect_left(self._lines[group], (moment, id_)) < self._lengths[group]

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, member: str, group: str, moment: float) -> Set[str]:
        """Add an id, or let it be in another group or since another moment.

        Returns the ids that may have begun or ceased to be shown.
        """
        if self._entries.get(member) == (group, moment):
            return NONE
        changed = self.remove(member)
        self._entries[member] = group, moment
        line = self._lines.setdefault(group, [])
        insort(line, (moment, member))
        return changed | {member} | self._choose(group, bisect_left(line, (moment, member)))

    def remove(self, member: str) -> Set[str]:
        """Take an id out. Returns as `put` does."""
        if member not in self._entries:
            return NONE
        group, moment = self._entries.pop(member)
        line = self._lines[group]
        index = bisect_left(line, (moment, member))
        del line[index]
        if not line:
            del self._lines[group]
        return {member} | self._choose(group, index)

    def _choose(self, group: str, index: int) -> set[str]:
        """Choose anew after a change at an index of a group's line."""
        if index > self._level and len(self) > self._cap:
            # Behind all that are shown, and behind the next in line. In a crowd that is nearly everyone.
            return set()
        before, self._lengths = self._lengths, self._chosen()
        changed = {group} | {other for other, length in self._lengths.items() if before.get(other) != length}
        return {id_ for other in changed for id_ in self._around(other, before.get(other, 0))}

    def _around(self, group: str, before: int) -> list[str]:
        """The ids of a line from just before to just behind where its shown part ends and has ended."""
        now = self._lengths.get(group, 0)
        line = self._lines.get(group, [])
        return [id_ for _, id_ in line[max(0, min(before, now) - 1) : max(before, now) + 1]]

    def _chosen(self) -> dict[str, int]:
        """The number of each line that are shown."""
        sizes = {group: len(line) for group, line in self._lines.items()}
        if len(self._entries) <= self._cap:
            self._level = self._cap
            return sizes
        self._level, room = self._rounds(sorted(sizes.values()))
        next_ones = [(line[self._level], group) for group, line in self._lines.items() if len(line) > self._level]
        next_ones.sort(key=lambda pair: pair[0])
        lengths = {group: min(size, self._level) for group, size in sizes.items()}
        for _, group in next_ones[:room]:
            lengths[group] += 1
        return lengths

    def _rounds(self, sizes: list[int]) -> tuple[int, int]:
        """The number of whole rounds that there is room for, and of ids after them. `sizes`, the smallest first."""
        level, room = 0, self._cap
        for number, size in enumerate(sizes):
            takers = len(sizes) - number
            if (size - level) * takers > room:
                return level + room // takers, room % takers
            room -= (size - level) * takers
            level = size
        return level, room
