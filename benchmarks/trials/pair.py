"""The healthy pair of the hostile suite, beside a trial: a move every 0.15 s, and how long it takes to be seen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.helpers.server import RunningSite
from tests.security.floods import LESSON
from tests.security.pair import Pair

WARM_UP_PAGES = 40


@contextmanager
def site_and_pair(folder: Path) -> Iterator[tuple[RunningSite, Pair]]:
    """The real site with its sample users, after its first pages, and two of them on one lesson."""
    site = RunningSite(folder, SAMPLE_USERS="1")
    try:
        pair = Pair(site)
        try:
            for _ in range(WARM_UP_PAGES):
                requests.get(site.url + LESSON, timeout=10)
            yield site, pair
        finally:
            pair.stop()
            pair.close()
    finally:
        site.stop()


def delays(pair: Pair, since: int = 0) -> dict[str, float]:
    """The moves from number `since` on, in milliseconds, and the longest that a mere echo took meanwhile."""
    found, echoes = sorted(pair.delays[since:]), sorted(pair.echoes[since:])
    if not found:
        return {"moves": 0}
    p99 = -1 - len(found) // 100
    figures = {"p50": found[len(found) // 2], "p99": found[p99], "max": found[-1], "echo": echoes[-1]}
    return {"moves": len(found)} | {name: round(1000 * seconds, 1) for name, seconds in figures.items()}


def resident_mb(site: RunningSite) -> float:
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
