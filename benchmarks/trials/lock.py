"""Another program holds SQLite's write lock for a whole minute while learners go on writing. About 65 seconds."""

import sqlite3
import threading
import time
from collections import Counter
from pathlib import Path

import requests

from tests.helpers.server import RunningSite

from .pair import delays, site_and_pair

HELD_SECONDS = 60.0
WRITERS = 4
PAUSE_SECONDS = 0.5


def measure(folder: Path) -> dict:
    """The pair's moves while the lock was held, how the writers were answered then, and one write after it."""
    with site_and_pair(folder) as (site, pair):
        browser = site.browser("alan")
        form = {"csrf_token": site.token(browser, "/account")}
        lock = sqlite3.connect(site.log_path.with_name("site.db"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        since, ends = len(pair.delays), time.monotonic() + HELD_SECONDS
        answers: Counter[str] = Counter()
        slowest: list[float] = []
        arguments = (site, browser, form, ends, answers, slowest)
        writers = [threading.Thread(target=_write_until, args=arguments) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        figures = delays(pair, since)
        lock.rollback()
        lock.close()
        after = _write(site, browser, form).status_code
    return {**figures, "held_seconds": HELD_SECONDS, "answers": dict(answers), "slowest": max(slowest), "after": after}


def _write_until(site: RunningSite, browser, form: dict, ends: float, answers: Counter, slowest: list[float]) -> None:
    while time.monotonic() < ends:
        answer = _write(site, browser, form)
        answers[str(answer.status_code)] += 1
        slowest.append(round(answer.elapsed.total_seconds(), 2))
        time.sleep(PAUSE_SECONDS)


def _write(site: RunningSite, browser, form: dict) -> requests.Response:
    url = f"{site.url}/courses/company/keeping/recall/completion"
    return browser.post(url, data=form, timeout=30, allow_redirects=False)
