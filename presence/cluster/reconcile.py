"""How a process that knows too little, or too much, comes to agree with the log again. Pure.

A process that starts, that stood still, or that comes back after Redis was away reads which connections are live
(the hash) and from where to read on (the stream's last id), at one instant. What it must take for true here and what
it must say to the others follows from that, its roster, and what it has announced.
"""

from collections.abc import Iterable, Mapping

from ..core.changes import Change, Enter, Leave, SignOut, node_of
from ..core.roster import Roster
from .local_connections import Announced


def to_apply(live: Mapping[str, Enter], roster: Roster, own: Announced, node: str) -> Iterable[Change]:
    """What brings the roster to what the hash says, the earliest first, as live processes had them come.

    Who is not in the hash has left meanwhile, or Redis has lost them and their process says them again in a moment:
    the grace is there for both. Our own we know better, and say again ourselves.
    """
    for connection in list(roster.connections.values()):
        if connection.id not in own and (connection.id not in live or node_of(connection.id) == node):
            yield Leave(connection.id)
    yield from sorted(
        (enter for id_, enter in live.items() if node_of(id_) != node or id_ in own),
        key=lambda enter: (enter.since or 0.0, enter.connection),
    )


def to_say(told: Mapping[str, Enter | None], own: Announced, node: str) -> Iterable[Change]:
    """What brings the hash, and all others, to what is true of our own connections; `told` is what they have heard."""
    for connection in told:
        if node_of(connection) == node and connection not in own:
            yield Leave(connection)
    for enter in own:
        if told.get(enter.connection) != enter:
            yield enter


def to_drop(change: Change, roster: Roster) -> list[str]:
    """What the hash has to forget with a change. A sign-out ends connections of processes that may be dead by then."""
    if isinstance(change, Leave):
        return [change.connection]
    if not isinstance(change, SignOut):
        return []
    member = roster.members.get(change.user_id)
    return [c.id for c in member.connections.values() if change.ends(c.user)] if member else []
