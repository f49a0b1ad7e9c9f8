"""Markdown tables of figures."""

from figures import Phase


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, all but the first column set to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def phase_table(reached: dict[str, Phase | None]) -> str:
    """A row per figure, a column per server (None: it did not get here), then the ratios of the first to the rest."""
    names = list(reached)
    head = ["", *names, *[f"ratio to {name}" for name in names[1:]]]
    rows = [
        ["done", *[phase.progress if phase else "not reached" for phase in reached.values()], *[""] * (len(names) - 1)]
    ]
    for label, get in ROWS:
        values = [get(phase) if phase else None for phase in reached.values()]
        if any(values):
            rows.append([label, *map(written, values), *[ratio(values[0], other) for other in values[1:]]])
    return table(head, rows)


def growth_table(sizes: dict[int, dict[str, dict[str, Phase]]]) -> str:
    """A row per size and server."""
    head = [
        "people",
        "server",
        "CPU ms a join",
        "CPU ms a move",
        "bytes a viewer a minute",
        "p99 ms",
        "KB a connection",
    ]
    rows = []
    for people, servers in sizes.items():
        for name, phases in servers.items():
            rows.append([f"{people:,}", name, *_growth_row(phases)])
    return table(head, rows)


def _growth_row(phases: dict[str, Phase]) -> list[str]:
    join, moves = phases["join"], phases.get("moves")
    if not join.finished or moves is None:
        return [join.progress, *[""] * 4]
    late = "" if moves.finished else f" ({moves.progress})"
    figures = [join.cpu_ms_each, moves.cpu_ms_each, moves.bytes_a_viewer_a_minute, moves.latency("p99")]
    return [*map(written, figures[:3]), written(figures[3]) + late, written(join.kilobytes_each)]


def written(value: float | None) -> str:
    """A number with three digits that count."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def ratio(mine: float | None, other: float | None) -> str:
    if mine is None or not other:
        return ""
    return f"{mine / other:.4f}" if mine / other < 0.01 else f"{mine / other:.2f}"


def _cpu_ms_each(phase: Phase) -> float | None:
    return phase.cpu_ms_each if phase.said["name"] != "idle" and phase.said["done"] else None


SHARED = ("point", "watch")
ROWS = [
    ("seconds until all is told", lambda phase: phase.said["seconds"]),
    ("server CPU s", lambda phase: phase.said["cpu"]),
    ("server CPU ms each", _cpu_ms_each),
    ("percent of a core", lambda phase: phase.core_percent if phase.said["name"] in SHARED else None),
    ("KB a second and screen", lambda phase: phase.kilobytes_a_second if phase.said["name"] in SHARED else None),
    ("MB sent", lambda phase: phase.said["bytes"] / 1e6),
    ("frames sent", lambda phase: phase.said["frames"]),
    ("change to visible, p50 ms", lambda phase: phase.latency("p50")),
    ("change to visible, p99 ms", lambda phase: phase.latency("p99")),
    ("change to visible, max ms", lambda phase: phase.latency("max")),
    ("a page, p50 ms", lambda phase: phase.said.get("pages", {}).get("p50")),
    ("a page, p99 ms", lambda phase: phase.said.get("pages", {}).get("p99")),
    ("a page, max ms", lambda phase: phase.said.get("pages", {}).get("max")),
    ("a call, p50 ms", lambda phase: phase.said.get("ack", {}).get("p50")),
    ("a call, p99 ms", lambda phase: phase.said.get("ack", {}).get("p99")),
    ("calls acknowledged", lambda phase: phase.said.get("acks")),
    ("rows in the database", lambda phase: phase.said.get("rows")),
    ("the sum of what the screens show", lambda phase: phase.said.get("told")),
    ("the last call on all screens, ms", lambda phase: phase.said.get("lastMs")),
    ("events a second and screen, at most", lambda phase: phase.said.get("eventsAScreen")),
    ("bytes of memory a socket and room", lambda phase: phase.bytes_a_room if phase.said["name"] == "rooms" else None),
    ("connections lost", lambda phase: phase.said["lost"]),
    ("KB of memory a connection", lambda phase: phase.kilobytes_each if phase.said["name"] != "moves" else None),
    ("load generator late, p99 ms", lambda phase: phase.said["load"]["lateMs"]["p99"]),
]
