"""Two real browsers watch one video: the distance between them, directly and with 300 ms to the server for one of them.

On each line one browser plays, the other comes late, twice; then both are sampled, and a pause ends it. About 70
seconds, quick 25.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import launch, open_page
from tests.browser.films import FilmSite
from tests.browser.latency import proxy
from tests.browser.test_meeting import live
from tests.browser.watching import count_seeks, orders, pauses, plays, press, seeks, skew, watch

LINES = {"direct": 0.0, "300 ms": 0.15}
LATE = 2
IN_STEP_SECONDS = 0.15
WATCHED_SECONDS = 5.0
"""The time from the click for which a late joiner is looked at."""
SETTLED_SECONDS, SAMPLED_SECONDS, SAMPLE_MS = 5.0, 12.0, 100
PRESSES = 2


def measure(folder: Path) -> dict:
    """{"lines": [a row for each line]}."""
    return _measure(folder, LINES, LATE, SAMPLED_SECONDS)


def measure_quickly(folder: Path) -> dict:
    return _measure(folder, {"300 ms": LINES["300 ms"]}, 1, SAMPLED_SECONDS / 4)


def _measure(folder: Path, lines: dict[str, float], late: int, seconds: float) -> dict:
    with _site(folder) as site, sync_playwright() as playwright:
        ada, grace = launch(playwright), launch(playwright)
        rows = [{"line": name, **_watch(site, (ada, grace), delay, late, seconds)} for name, delay in lines.items()]
        ada.close()
        grace.close()
    return {"lines": rows}


@contextmanager
def _site(folder: Path) -> Iterator[FilmSite]:
    site = FilmSite(folder, SAMPLE_USERS="1")
    try:
        yield site
    finally:
        site.stop()


def _watch(site: FilmSite, browsers: tuple[Browser, Browser], delay: float, late: int, seconds: float) -> dict:
    lesson = site.lesson()
    with ExitStack() as stack:
        url = stack.enter_context(proxy(site.port, delay)) if delay else site.url
        ada_context, grace_context = (stack.enter_context(browser.new_context()) for browser in browsers)
        ada, comers = watch(open_page(site, ada_context, "ada", lesson)), []
        press(ada, "toggle")
        plays(ada).wait_for_timeout(2000)
        joins = []
        for _ in range(late):
            comers.append(_come(site, grace_context, url + lesson))
            joins.append(_join(ada, comers[-1]))
        grace = comers[-1]
        grace.wait_for_timeout(1000 * SETTLED_SECONDS)
        figures = {"late": max(joins), **_sample(ada, grace, seconds), "seeks": seeks(grace)}
        press(grace, "toggle")
        pauses(ada), pauses(grace)
        # An echo would come after the player's own event.
        ada.wait_for_timeout(1000)
        return figures | {"echoes": sum(len(orders(page)) for page in (ada, *comers)) - PRESSES}


def _come(site: FilmSite, context: BrowserContext, url: str) -> Page:
    """A new page of the one who comes late, in place of the last one."""
    for page in context.pages:
        page.close()
    page = open_page(site, context, "grace", "about:blank")
    page.goto(url)
    count_seeks(live(page))
    return page


def _join(ada: Page, grace: Page) -> float:
    """Seconds from the click until the players are in step and stay so."""
    began = last_apart = time.monotonic()
    grace.locator("[data-watch=join]").click()
    while (now := time.monotonic()) < began + WATCHED_SECONDS:
        if abs(skew(ada, grace)) > IN_STEP_SECONDS:
            last_apart = now
        grace.wait_for_timeout(SAMPLE_MS / 2)
    return round(last_apart - began, 2)


def _sample(ada: Page, grace: Page, seconds: float) -> dict:
    """The distance between them, in milliseconds."""
    found = []
    for _ in range(round(1000 * seconds / SAMPLE_MS)):
        found.append(abs(skew(ada, grace)) * 1000)
        grace.wait_for_timeout(SAMPLE_MS)
    found.sort()
    shares = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {"samples": len(found)} | {
        name: round(found[int(share * (len(found) - 1))]) for name, share in shares.items()
    }
