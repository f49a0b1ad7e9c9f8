"""The healthy pair of the hostile suite, beside a trial: how long each of its moves takes to be seen."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from deploy.services import Nginx
from tests.helpers.server import RunningSite
from tests.security.floods import LESSON
from tests.security.pair import PAUSE_SECONDS, Pair

WARM_UP_PAGES = 40


@contextmanager
def site_and_pair(
    folder: Path, pause: float = PAUSE_SECONDS, behind_nginx: bool = False
) -> Iterator[tuple[RunningSite, Pair]]:
    """The real site with its sample users, after its first pages, and two of them on one lesson."""
    with _site(folder, behind_nginx) as site:
        pair = Pair(site, pause)
        try:
            for _ in range(WARM_UP_PAGES):
                requests.get(site.url + LESSON, timeout=10)
            yield site, pair
        finally:
            pair.stop()
            pair.close()


@contextmanager
def _site(folder: Path, behind_nginx: bool) -> Iterator[RunningSite]:
    """A running site, where its visitors reach it."""
    with ExitStack() as stack:
        site = RunningSite(folder, SAMPLE_USERS="1", TRUSTED_PROXIES=str(int(behind_nginx)))
        stack.callback(site.stop)
        if behind_nginx:
            nginx = Nginx(folder / "nginx", [site.port])
            stack.callback(nginx.stop)
            site.url = f"http://127.0.0.1:{nginx.port}"
        yield site


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
