"""A bounded queue that serves its keys in turn (round robin), so that one flooding client delays only itself."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """First in, first out for each key; the keys take turns."""

    def __init__(self, limit: int) -> None:
        self._limit, self._length = limit, 0
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()

    def __len__(self) -> int:
        return self._length

    def push(self, key: str, item: T) -> T | None:
        """Add an item. When the queue is full, returns the item that has to go: the newest of the longest line."""
        self._lines.setdefault(key, deque()).append(item)
        self._length += 1
        if self._length <= self._limit:
            return None
        # At a tie the newcomer goes.
        longest = max(self._lines, key=lambda other: (len(self._lines[other]), other == key))
        return self._take(longest, newest=True)

    def pop(self, may_go: Callable[[str], bool] = lambda key: True) -> T | None:
        """Remove the next item whose key may go; None when there is none."""
        for key in self._lines:
            if may_go(key):
                self._lines.move_to_end(key)
                return self._take(key)
        return None

    def overdue(self, is_overdue: Callable[[T], bool]) -> T | None:
        """Remove an item that has waited too long; None when there is none. Each line's first has waited longest."""
        key = next((key for key, line in self._lines.items() if is_overdue(line[0])), None)
        return None if key is None else self._take(key)

    def _take(self, key: str, newest: bool = False) -> T:
        line = self._lines[key]
        item = line.pop() if newest else line.popleft()
        self._length -= 1
        if not line:
            del self._lines[key]
        return item
