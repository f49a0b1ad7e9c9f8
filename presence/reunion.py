"""How a process that knows too little, or too much, comes to agree with the log again. Pure.

A process that starts, that stood still, or that comes back after Redis was away reads which connections are live
(the hash) and from where to read on (the stream's last id), at one instant. What it must take for true here and what
it must say to the others follows from that, its roster, and what it has announced.
"""

from collections.abc import Iterable, Mapping

from .announced import Announced
from .change import Change, Enter, Leave
from .roster import Roster


def to_apply(live: Mapping[str, Enter], roster: Roster, own: Announced, node: str) -> Iterable[Change]:
    """What brings the roster to what the hash says, the earliest first, as live processes had them come.

    Who is not in the hash has left meanwhile, or Redis has lost them and their process says them again in a moment:
    the grace is there for both. Our own we know better, and say again ourselves.
    """
    for connection in list(roster.connections.values()):
        if connection.id not in own and (connection.id not in live or _is_of(node, connection.id)):
            yield Leave(connection.id)
    yield from sorted(
        (enter for id_, enter in live.items() if not _is_of(node, id_) or id_ in own),
        key=lambda enter: (enter.since or 0.0, enter.connection),
    )


def to_say(live: Mapping[str, Enter], own: Announced, node: str) -> Iterable[Change]:
    """What brings the hash, and all others, to what is true of our own connections."""
    for connection in live:
        if _is_of(node, connection) and connection not in own:
            yield Leave(connection)
    for enter in own:
        if live.get(enter.connection) != enter:
            yield enter


def _is_of(node: str, connection: str) -> bool:
    return connection.startswith(node + "/")
