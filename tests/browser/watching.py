"""Joining the room of a lesson's video in a browser, and how far two players are apart."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_meeting import live

ORDER = re.compile(r'"call":"control"')
# Where the player stands, as seconds that a wall clock would have shown at position 0.
BEGAN = """() => {
    const video = document.querySelector('video');
    return (performance.timeOrigin + performance.now()) / 1000 - video.currentTime;
}"""
COUNT_SEEKS = """() => {
    window.seeks = 0;
    document.querySelector('video').addEventListener('seeking', () => window.seeks += 1);
}"""


def watch(page: Page) -> Page:
    """Join the room of the lesson's video."""
    join(live(page))
    return page


def join(part: Page | Locator) -> None:
    """Join the room with the only video of a page, or of a part of it."""
    part.locator("[data-watch=join]").click()
    expect(part.locator("[data-slot=watching-now]")).not_to_be_empty()


def press(part: Page | Locator, control: str) -> None:
    part.locator(f"[data-control={control}]").click()


def plays(page: Page) -> Page:
    page.wait_for_function("() => !document.querySelector('video').paused")
    return page


def pauses(page: Page) -> Page:
    page.wait_for_function("() => document.querySelector('video').paused")
    return page


def orders(page: Page) -> list[str]:
    """The orders that a page has sent."""
    return [frame for frame in page.sent if ORDER.search(frame)]


def count_seeks(page: Page) -> None:
    """From now on `seeks` counts those of the page's player."""
    page.evaluate(COUNT_SEEKS)


def seeks(page: Page) -> int:
    return page.evaluate("window.seeks")


def skew(one: Page, other: Page) -> float:
    """Seconds that two players are apart."""
    return one.evaluate(BEGAN) - other.evaluate(BEGAN)
