"""The other processes, and which connections the hash of the log may hold of each. Pure.

A connection whose sign-in has ended is in no roster any more, but may still be in the hash: whoever ended it may not
have known it yet. When its process dies, somebody has to take it out.
"""

from collections.abc import Iterable

from ..core.changes import Change, Enter, Leave, NodeDown, node_of


class Others:
    """By process; `node` is our own."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._connections: dict[str, set[str]] = {}

    def __iter__(self):
        return iter(self._connections)

    def begin(self, connections: Iterable[str]) -> None:
        """These are known now."""
        self._connections.clear()
        for connection in connections:
            self._meet(connection)

    def notice(self, change: Change) -> None:
        """What a change of the log says of another process."""
        if isinstance(change, Enter):
            self._meet(change.connection)
        elif isinstance(change, Leave) and (of_node := self._connections.get(node_of(change.connection))):
            of_node.discard(change.connection)
        elif isinstance(change, NodeDown):
            self._connections.pop(change.node, None)

    def bury(self, gone: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
        """Of these processes those that were not known to be gone, each with what the hash may hold of it."""
        for node in gone:
            if node in self._connections:
                yield node, sorted(self._connections.pop(node))

    def _meet(self, connection: str) -> None:
        if (node := node_of(connection)) != self._node:
            self._connections.setdefault(node, set()).add(connection)
