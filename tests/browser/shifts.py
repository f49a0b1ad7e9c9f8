"""The movement of a lesson under its reader while classmates come, go and wave: `make shifts`, or other minutes:

    python -m tests.browser.shifts 4

A page may shift 0 while it loads and 0.01 altogether afterwards (Layout Instability API; shifts right after an input of
the reader's do not count). A page that shifts more fails the command and says which elements moved.
"""

import sys
import tempfile
import time

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import launch, open_page
from tests.browser.states import LESSON
from tests.helpers.server import RunningSite

MINUTES, CLASSMATES = 10.0, "12"
SIZES = {
    "wide": {"width": 1440, "height": 900},
    "laptop": {"width": 1024, "height": 768},
    "phone": {"width": 390, "height": 844},
}
ARRIVAL_SECONDS = 15
LOADED_MS = 3_000
MOST = 0.01
OBSERVE = """window.shifts = [];
const elementOf = (node) => node?.nodeType === 1 ? node : node?.parentElement;
new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) =>
    window.shifts.push({value: entry.value, at: entry.startTime, nodes: entry.sources.map(
        ({node, previousRect: from, currentRect: to}) =>
            `${elementOf(node)?.className || elementOf(node)?.tagName || 'gone'} `
            + `[${from.x},${from.y} ${from.width}x${from.height} → ${to.x},${to.y} ${to.width}x${to.height}]`)})))
    .observe({type: 'layout-shift', buffered: true});"""


def main(minutes: float) -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = RunningSite(folder, "--classmates", CLASSMATES)
        browser = launch(playwright)
        # All classmates come within seconds of the start, which no class does while one reads.
        time.sleep(ARRIVAL_SECONDS)
        try:
            pages = {name: opened(site, browser, viewport) for name, viewport in SIZES.items()}
            deadline = time.monotonic() + 60 * minutes
            while time.monotonic() < deadline:
                for page in pages.values():
                    page.wait_for_timeout(1_000)
            return sum([report(name, page) for name, page in pages.items()])
        finally:
            browser.close()
            site.stop()


def opened(site: RunningSite, browser: Browser, viewport: dict) -> Page:
    context = browser.new_context(viewport=viewport)
    context.add_init_script(OBSERVE)
    return open_page(site, context, "ada", LESSON)


def report(name: str, page: Page) -> int:
    """Print what has moved on a page; returns 1 if that is too much."""
    shifts = page.evaluate("window.shifts")
    early = [shift for shift in shifts if shift["at"] < LOADED_MS]
    late = [shift for shift in shifts if shift["at"] >= LOADED_MS]
    on_load, afterwards = (sum(shift["value"] for shift in some) for some in (early, late))
    print(f"{name:6} on load {on_load:.4f}   afterwards {afterwards:.4f} in {len(late)} shifts")
    for shift in early + sorted(late, key=lambda shift: -shift["value"])[:8]:
        print(f"       {shift['value']:.4f} at {shift['at'] / 1000:.0f} s: {', '.join(sorted(set(shift['nodes'])))}")
    return int(on_load > 0 or afterwards > MOST)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES))
