"""Who of many is shown: a stable sample of at most `cap` ids, spread over groups. Pure.

A topic of ten thousand people publishes two dozen faces. Whoever is shown stays shown while they are there, because a
list that reshuffles is worse than one that is a little uneven; and no group that has somebody waiting is shown two
fewer than the best-shown group, so that the far corners of a site have faces too. The choice depends on the order of
calls alone, so every process that reads the same log shows the same people.
"""


class Sample:
    """Ids, each in one group (any hashable), of which up to `cap` are shown: `id in sample` says whether one is."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._size = 0
        self._group: dict = {}
        self._shown: dict = {}
        self._waiting: dict = {}

    def __contains__(self, member: object) -> bool:
        return member in self._shown.get(self._group.get(member), ())

    def __len__(self) -> int:
        return len(self._group)

    def put(self, member, group) -> set:
        """Add an id, or move it to another group. Returns the ids that may have begun or ceased to be shown."""
        if self._group.get(member, self) == group:
            return set()
        was_shown = member in self
        if member in self._group:
            self._take_out(member)
        self._group[member] = group
        if was_shown or self._size < self._cap:
            self._show(member)
        else:
            self._waiting.setdefault(group, {})[member] = None
        return {member} | self._balance(group, every_group=was_shown)

    def remove(self, member) -> set:
        """Take an id out. Returns as `put` does."""
        if member not in self._group:
            return set()
        was_shown = member in self
        self._take_out(member)
        return {member} | (self._fill() if was_shown else set())

    def _show(self, member) -> None:
        group = self._group[member]
        self._shown.setdefault(group, {})[member] = None
        self._size += 1

    def _take_out(self, member) -> None:
        self._size -= member in self
        group = self._group.pop(member)
        for side in (self._shown, self._waiting):
            side.get(group, {}).pop(member, None)
            if not side.get(group, True):
                del side[group]

    def _fill(self) -> set:
        """Show whoever has waited longest in the group that is shown least."""
        if self._size >= self._cap or not self._waiting:
            return set()
        return {self._show_next_of(min(self._waiting, key=self._count))}

    def _show_next_of(self, group):
        member = next(iter(self._waiting[group]))
        self._take_out(member)
        self._group[member] = group
        self._show(member)
        return member

    def _balance(self, group, every_group: bool) -> set:
        """Let the best-shown group give its newest face to one that is shown two or more fewer.

        Only `group` can have become too poor when an id came to wait in it; after a move of a shown id, any may have.
        The cost is bounded by the cap, because a group that shows nobody is not in `_shown`.
        """
        changed: set = set()
        while self._waiting:
            poor = min(self._waiting, key=self._count) if every_group else group
            rich = max(self._shown, key=self._count, default=None)
            if poor not in self._waiting or rich is None or self._count(rich) - self._count(poor) < 2:
                break
            loser = next(reversed(self._shown[rich]))
            self._take_out(loser)
            self._group[loser] = rich
            self._waiting.setdefault(rich, {})[loser] = None
            changed |= {loser, self._show_next_of(poor)}
        return changed

    def _count(self, group) -> int:
        return len(self._shown.get(group, ()))
