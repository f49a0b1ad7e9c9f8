"""The plots, as SVG written by hand: small enough to read, and they follow a dark page."""

from pathlib import Path

from chart import Series, chart
from figures import Phase

COLOURS = {"site": "var(--site)", "seed": "var(--seed)", "node": "var(--node)"}
NAMES = {"site": "this site", "seed": "seed on PartyKit", "node": "Node Socket.IO"}
SIZES = (300, 1_000, 3_000, 10_000)


def write(measured: dict, folder: Path) -> list[str]:
    """Write a plot for each figure of growth into `folder`. Returns the Markdown that shows them."""
    folder.mkdir(exist_ok=True)
    lines = []
    for name, title, figure in PLOTS:
        if series := _series(measured, figure):
            (folder / f"{name}.svg").write_text(chart(title, "people on the site", series))
            lines.append(f"![{title}](plots/{name}.svg)\n")
    return lines


def _series(measured: dict, figure) -> list[Series]:
    """A line for each server, through the sizes it was measured at; `course` has as many people per section."""
    found = []
    for server, name in NAMES.items():
        points = [(people, figure(phases)) for people, phases in _sizes(measured, server) if figure(phases) is not None]
        if points:
            found.append(Series(name, COLOURS[server], points))
    return found


def _sizes(measured: dict, server: str) -> list[tuple[int, dict[str, Phase]]]:
    workloads = {people: f"growth-{people}" for people in SIZES} | {1_000: "course"}
    return [(people, measured[name][server]) for people, name in workloads.items() if server in measured.get(name, {})]


def _move(figure):
    return lambda phases: figure(phases["moves"]) if "moves" in phases else None


PLOTS = [
    ("join", "Server CPU a join, ms", lambda phases: phases["join"].cpu_ms_each),
    ("move", "Server CPU a move, ms", _move(lambda phase: phase.cpu_ms_each)),
    ("bytes", "Kilobytes a viewer a minute", _move(lambda phase: phase.bytes_a_viewer_a_minute / 1000)),
    ("latency", "From a move to the screens in its section, p99 ms", _move(lambda phase: phase.latency("p99"))),
]
