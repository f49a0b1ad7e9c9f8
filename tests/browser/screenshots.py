"""Photographs every state of the pages at four widths, light and dark: `make screenshots`.

They go to `screenshots/`, which git ignores, with contact sheets of them (`sheet-*.png`); the ones README shows are
kept in `docs/images/`. Words after the command choose the states whose names begin with them.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import contact_sheet
from tests.browser.conftest import hold_sockets, launch, open_page
from tests.browser.gatherings import GATHERINGS
from tests.browser.states import STATES, State
from tests.helpers.server import ROOT, RunningSite

FOLDER, KEPT = ROOT / "screenshots", ROOT / "docs" / "images"
SIZES = {
    "wide": {"width": 1440, "height": 900},
    "laptop": {"width": 1024, "height": 768},
    "tablet": {"width": 768, "height": 1024},
    "phone": {"width": 390, "height": 844},
}
README = {
    "lesson-wave-wide-light": "lesson.png",
    "catalog-wide-light": "catalog.png",
    "class-wide-light": "class.png",
}
COLOURS = 192
SETTLE_MS = 150


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    states = chosen(wanted)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, start in GATHERINGS.items():
            there = [state for state in states if state.site == name]
            if not there:
                continue
            with start() as site:
                for state in there:
                    photograph(site, browser, state)
        browser.close()
    contact_sheet.write(FOLDER, [state.name for state in states], list(SIZES))


def chosen(wanted: list[str]) -> list[State]:
    """The states whose names begin with one of the words; all without words."""
    return [state for state in STATES if not wanted or state.name.startswith(tuple(wanted))]


def photograph(site: RunningSite, browser: Browser, state: State) -> None:
    """One visit for all photographs of a state: the window changes its size and the system its colours."""
    page = visit(site, browser, state)
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.wait_for_timeout(SETTLE_MS)
        if state.aim:
            state.aim(page)
            page.wait_for_timeout(SETTLE_MS)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if state.options.get("reduced_motion"):
                page.wait_for_timeout(SETTLE_MS)
            take(page, f"{state.name}-{size}-{scheme}")
    page.context.close()


def visit(site: RunningSite, browser: Browser, state: State) -> Page:
    """The page of a state, at the first size. Without motion, nothing is photographed half way."""
    options = {"viewport": SIZES["wide"], "reduced_motion": "reduce", **state.options}
    context = browser.new_context(**options)
    held = hold_sockets(context) if state.name.endswith(("reconnecting", "offline")) else []
    page = open_page(site, context, state.username, state.path)
    page.held = held
    if page.locator("body[data-place]").count() and state.username and state.options.get("java_script_enabled", True):
        page.locator('body[data-presence-state="live"]').wait_for()
    if state.act:
        state.act(page)
    return page


def take(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")
    if name in README:
        keep(FOLDER / f"{name}.png", KEPT / README[name])


def keep(photograph: Path, kept: Path) -> None:
    """Keep a photograph in the repository, with fewer colours: it is a third as large, and looks the same."""
    with Image.open(photograph) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(kept, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
    print(f"{len(list(Path(FOLDER).glob('*.png')))} photographs are in {FOLDER.name}/.")
