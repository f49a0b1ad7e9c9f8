"""The table of alternatives: a row per server, for a workload that has joins, moves and an idle time."""

from figures import Phase
from tables import table, written

NAMES = {
    "site": "this site",
    "node": "Socket.IO on Node, this protocol",
    "asgi": "Socket.IO on uvicorn, this protocol",
    "colyseus": "Colyseus, a room a course",
    "hocuspocus": "Yjs awareness on Hocuspocus, a document a course",
}
"""In the order of the table."""
ALTERNATIVES = ("asgi", "colyseus", "hocuspocus")

HEAD = [
    "",
    "joined",
    "CPU ms a join",
    "MB sent",
    "p99 ms",
    "moved",
    "CPU ms a move",
    "KB a viewer a minute",
    "p99 ms",
    "idle, % of a core",
    "KB a connection",
]


def alternatives_table(servers: dict[str, dict[str, Phase]]) -> str:
    """A row per server; one that did not finish a phase is shown with how far it got."""
    rows = [[name, *_row(servers[server])] for server, name in NAMES.items() if server in servers]
    return table(HEAD, rows)


def _row(phases: dict[str, Phase]) -> list[str]:
    join, idle, moves = phases["join"], phases.get("idle"), phases.get("moves")
    return [
        *_joined(join),
        *(_moved(moves) if moves else ["not reached", "", "", ""]),
        written(100 * idle.said["cpu"] / idle.said["wallSeconds"]) if idle else "",
        written(join.kilobytes_each),
    ]


def _joined(join: Phase) -> list[str]:
    return [join.progress, *map(written, (join.cpu_ms_each, join.said["bytes"] / 1e6, join.latency("p99")))]


def _moved(moves: Phase) -> list[str]:
    figures = (moves.cpu_ms_each, moves.bytes_a_viewer_a_minute / 1000, moves.latency("p99"))
    return [moves.progress, *map(written, figures)]
