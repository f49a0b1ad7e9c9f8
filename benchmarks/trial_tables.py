"""The results of the trials (trials/) as Markdown, and the promises about them."""

from collections.abc import Callable

import pages_table
from tables import table, written

Found = dict[str, dict]
"""Trial -> its figures."""


def sections(found: Found) -> list[str]:
    """A heading and a table for each trial that was made."""
    parts = []
    for name, (title, write) in TABLES.items():
        if name in found:
            parts += [f"## {title}\n", write(found[name])]
    return parts


def _floods(figures: dict) -> str:
    head = ["flood", "moves", "p50 ms", "p99 ms", "longest ms", "longest echo ms", "memory, MB"]
    rows = [[row["flood"], *_delays(row), f"{row['grown_mb']:+.0f}"] for row in figures["floods"]]
    return table(head, rows + [[f"{name}: left out", *[""] * 6] for name in figures["left_out"]])


def _lock(figures: dict) -> str:
    answers = ", ".join(f"{count:,} × {status}" for status, count in sorted(figures["answers"].items()))
    head = [
        "moves",
        "p50 ms",
        "p99 ms",
        "longest ms",
        "longest echo ms",
        "writes",
        "slowest, s",
        "a write afterwards",
    ]
    return table(head, [[*_delays(figures), answers, f"{figures['slowest']:.1f}", str(figures["after"])]])


def _lossy(figures: dict) -> str:
    head = ["heartbeat", "people", "rounds", "connections cut off", "seen leaving", "per 1,000 rounds"]
    rows = []
    for line in figures["lines"]:
        share = 1000 * line["flickers"] / max(1, line["rounds"])
        counts = [line[name] for name in ("people", "rounds", "cut_off", "flickers")]
        rows.append([line["heartbeat"], *(f"{count:,}" for count in counts), written(share)])
    return table(head, rows)


def _skew(figures: dict) -> str:
    head = [
        "line",
        "samples",
        "apart, p50 ms",
        "p95 ms",
        "longest ms",
        "late joiner in step after, s",
        "seeks",
        "echoes",
    ]
    names = ("samples", "p50", "p95", "max", "late", "seeks", "echoes")
    return table(head, [[line["line"], *(written(line[name]) for name in names)] for line in figures["lines"]])


def _delays(row: dict) -> list[str]:
    return [str(row["moves"]), *(written(row[name]) for name in ("p50", "p99", "max", "echo"))]


TABLES = {
    "pages": ("Pages, with nothing else going on", pages_table.pages_table),
    "floods": ("A guest floods the site beside a healthy pair", _floods),
    "floods-nginx": ("The same floods, behind the shipped nginx.conf", _floods),
    "lock": ("Another program holds the database's lock for a minute", _lock),
    "lossy": ("Learners on a line that loses 30 % and takes 500 ms", _lossy),
    "skew": ("Two browsers watch one video, one of them with 300 ms to the server", _skew),
}


def _refused_sign_ins(figures: dict) -> int:
    answers = {row["flood"]: row["answers"] for row in figures["floods"] if "answers" in row}
    return answers["110 sign-ins"].get("503", 0)


def _longest_wait(figures: dict) -> float:
    return max(0.0, figures["max"] - figures["echo"])


def _flickers_against_before(figures: dict) -> float:
    before, now = figures["lines"]
    return now["flickers"] / before["flickers"]


def _most(name: str) -> Callable[[dict], float]:
    """The largest figure of all lines."""
    return lambda figures: max(line[name] for line in figures["lines"])


TRIAL_PROMISES = [
    *pages_table.PROMISES,
    ("a guest's floods: a healthy pair's p99 of at most 250 ms", 250, "floods", lambda found: found["p99"]),
    ("a guest's floods: the process grows by at most 48 MB", 48, "floods", lambda found: found["grown_mb"]),
    ("the same behind nginx: a p99 of at most 250 ms", 250, "floods-nginx", lambda found: found["p99"]),
    ("the same behind nginx: the process grows by at most 48 MB", 48, "floods-nginx", lambda found: found["grown_mb"]),
    ("110 sign-ins at once: none is answered 503", 0, "floods", _refused_sign_ins),
    ("the database locked for a minute: no move over 100 ms later than a mere echo", 100, "lock", _longest_wait),
    ("a bad line: fewer seen leaving than with the old heartbeat", 1, "lossy", _flickers_against_before),
    ("two browsers watch a video: p95 of their skew of at most 100 ms", 100, "skew", _most("p95")),
    ("the same, 10 s after joining: never more than 250 ms apart", 250, "skew", _most("max")),
    ("who joins late is within 150 ms in at most 3 s", 3, "skew", _most("late")),
    ("at most one seek a viewer", 1, "skew", _most("seeks")),
    ("play and pause echo no order", 0, "skew", _most("echoes")),
]
