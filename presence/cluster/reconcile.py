"""Reconciles one process with the shared log after a gap. Pure.

A process that starts, that stood still, or that comes back after Redis was away reads which connections are live (the
hash) and from where to read on (the stream's last id), at one instant. From that, its roster and its own connections
follow the changes it must apply here and those it must append for the others.
"""

from collections.abc import Iterable, Mapping

from ..core.changes import Change, Enter, Leave, SignOut, node_of
from ..core.roster import Roster
from .local_connections import LocalConnections


def changes_to_apply(live: Mapping[str, Enter], roster: Roster, own: LocalConnections, node: str) -> Iterable[Change]:
    """The changes that bring the roster to the hash, the earliest first, as live processes saw them come.

    A connection that is not in the hash has left meanwhile, or Redis has lost it and its process appends it again in a
    moment: the grace period covers both. Our own connections we know better, and append ourselves.
    """
    for connection in list(roster.connections.values()):
        if connection.id not in own and (connection.id not in live or node_of(connection.id) == node):
            yield Leave(connection.id)
    yield from sorted(
        (enter for id_, enter in live.items() if node_of(id_) != node or id_ in own),
        key=lambda enter: (enter.since or 0.0, enter.connection),
    )


def changes_to_announce(known: Mapping[str, Enter | None], own: LocalConnections, node: str) -> Iterable[Change]:
    """The changes that bring the hash, and the others, to our own connections; `known` is what they have of them."""
    for connection in known:
        if node_of(connection) == node and connection not in own:
            yield Leave(connection)
    for enter in own:
        if known.get(enter.connection) != enter:
            yield enter


def keys_to_delete(change: Change, roster: Roster) -> list[str]:
    """The keys that a change deletes from the hash. A sign-out may end connections of processes that are dead."""
    if isinstance(change, Leave):
        return [change.connection]
    if not isinstance(change, SignOut):
        return []
    member = roster.members.get(change.user_id)
    return [c.id for c in member.connections.values() if change.ends(c.user)] if member else []
