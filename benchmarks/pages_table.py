"""The table of the pages that were measured (trials/pages.py), and the promises about them."""

from collections.abc import Callable

from tables import table, written

PEERS = {"bare": "a bare Flask page", "flaskr": "flaskr's index"}
HEAD = ["page", "viewer", "present", "a second", "CPU ms", "of a bare page", "p50 ms", "p99 ms", "HTML KB", "KB sent"]


def pages_table(figures: dict) -> str:
    """A row per page and crowd, the peers' first, with the CPU as a multiple of the first row's."""
    rows = figures["rows"]
    return table(HEAD, [[*_about(row), *_figures(row, rows[0]["cpuMs"])] for row in rows])


def _about(row: dict) -> list[str]:
    if row["server"] == "site":
        return [row["page"], row["viewer"], str(row["people"])]
    return [PEERS[row["server"]], "guest", ""]


def _figures(row: dict, bare: float) -> list[str]:
    sizes = [row["bytes"] / 1000, row["sent"] / 1000]
    times = f"{row['cpuMs'] / bare:.1f}×"
    return [written(row["rate"]), written(row["cpuMs"]), times, *map(written, [row["p50"], row["p99"], *sizes])]


def _lesson(viewer: str, figure: str, unit: float = 1) -> Callable[[dict], float]:
    """A figure of the lesson with 20 people present."""
    wanted = {"server": "site", "page": "lesson", "viewer": viewer, "people": 20}

    def find(figures: dict) -> float:
        return {row["viewer"]: row[figure] for row in figures["rows"] if wanted.items() <= row.items()}[viewer] / unit

    return find


PROMISES = [
    ("a lesson, signed in, 20 present: at most 4 ms of CPU", 4, "pages", _lesson("signed in", "cpuMs")),
    ("a lesson, signed in, 20 present: at most 40 KB of HTML", 40, "pages", _lesson("signed in", "bytes", 1000)),
    ("a lesson, as a guest, 20 present: at most 2 ms of CPU", 2, "pages", _lesson("guest", "cpuMs")),
]
