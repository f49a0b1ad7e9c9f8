"""The number of people in each child of a topic, now and as published. Pure."""


class ChildCounts:
    """`published` leaves out the children without people."""

    def __init__(self) -> None:
        self.published: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._dirty: dict[str, None] = {}

    @property
    def has_changed(self) -> bool:
        """Whether a count may differ from the published one."""
        return bool(self._dirty)

    def of(self, child: str) -> int:
        """The number of people in a child now."""
        return self._now.get(child, 0)

    def move(self, before: frozenset[str], now: frozenset[str]) -> None:
        """Count a person in the children where they are now, and no longer in those of before."""
        for child in before ^ now:
            self._now[child] = self.of(child) + (1 if child in now else -1)
            if not self._now[child]:
                del self._now[child]
            self._dirty[child] = None

    def publish(self) -> dict[str, int]:
        """The counts that differ from the published ones; a child that became empty has 0."""
        changed = {child: self.of(child) for child in self._dirty if self.of(child) != self.published.get(child, 0)}
        self._dirty.clear()
        for child, n in changed.items():
            if n:
                self.published[child] = n
            else:
                del self.published[child]
        return changed
