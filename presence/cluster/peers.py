"""The other processes, and the connections that the log's hash may hold of each. Pure.

A connection whose sign-in has ended is in no roster any more, but may still be in the hash: the process that ended it
may not have known of it. When its own process dies, another one has to delete it.
"""

from collections.abc import Iterable, Iterator

from ..core.changes import Change, Enter, Leave, NodeDown, node_of


class Peers:
    """By process; `node` is our own."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._connections: dict[str, set[str]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._connections)

    def reset(self, connections: Iterable[str]) -> None:
        """Start over with these connections."""
        self._connections.clear()
        for connection in connections:
            self._add(connection)

    def observe(self, change: Change) -> None:
        """Learn from a change of the log."""
        if isinstance(change, Enter):
            self._add(change.connection)
        elif isinstance(change, Leave) and (of_node := self._connections.get(node_of(change.connection))):
            of_node.discard(change.connection)
        elif isinstance(change, NodeDown):
            self._connections.pop(change.node, None)

    def remove_dead(self, nodes: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Forget dead processes. Yields (process, connections to delete from the hash) for each not yet reported."""
        for node in nodes:
            if node in self._connections:
                yield node, sorted(self._connections.pop(node))

    def _add(self, connection: str) -> None:
        if (node := node_of(connection)) != self._node:
            self._connections.setdefault(node, set()).add(connection)
