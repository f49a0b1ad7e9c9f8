"""Photographs the pages, wide and on a phone, light and dark: `make screenshots`.

They go to `screenshots/`, which git ignores; the ones README shows are kept in `docs/images/`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import socketio
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import launch, open_page
from tests.running import ROOT, RunningSite

FOLDER, KEPT = ROOT / "screenshots", ROOT / "docs" / "images"
SIZES = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LESSON = "/courses/realtime/present/tabs"
PAGES = {
    "catalog": ("ada", "/"),
    "catalog-guest": (None, "/"),
    "course": ("ada", "/courses/realtime"),
    "lesson": ("ada", LESSON),
    "lesson-guest": (None, LESSON),
    "lesson-hidden": ("hedy", LESSON),
    "lesson-anonymous": ("tim", LESSON),
    "account": ("ada", "/account"),
    "login": (None, "/login"),
    "signup": (None, "/signup"),
    "missing": ("ada", "/courses/realtime/nowhere/nothing"),
}
README = {"lesson-wide-light": "lesson.png"}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = RunningSite(folder)
        company = meet(site)
        browser = launch(playwright)
        for name, page in pages(site, browser):
            page.screenshot(path=FOLDER / f"{name}.png")
            if name in README:
                shutil.copy(FOLDER / f"{name}.png", KEPT / README[name])
            page.context.close()
        for client in company:
            client.disconnect()
        browser.close()
        site.stop()


def meet(site: RunningSite) -> list:
    """Company for the photographs: the sample users, on and around the lesson."""
    lesson = LESSON.removeprefix("/courses/")
    catalog = site.browser().get(f"{site.url}/courses/places.json", timeout=10).json()
    lessons = [place for place in catalog if place.startswith("realtime/") and place.count("/") == 2]
    here = lessons.index(lesson)
    places = {
        "grace": here,
        "alan": here,
        "katherine": here + 1,
        "dennis": here - 1,
        "barbara": here + 5,
        "margaret": 0,
    }
    company = [arrive(site, name, lessons[number % len(lessons)]) for name, number in places.items()]
    company[2].call("activity", {"status": "away"})
    return company


def arrive(site: RunningSite, name: str, place: str) -> socketio.Client:
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.browser(name).cookies)
    client = socketio.Client()
    client.connect(site.url, headers={"Cookie": cookie}, transports=["websocket"])
    client.call("enter", {"place": place})
    return client


def pages(site: RunningSite, browser: Browser) -> Iterator[tuple[str, Page]]:
    for scheme in ("light", "dark"):
        for size, viewport in SIZES.items():
            for name, (username, path) in PAGES.items():
                context = browser.new_context(viewport=viewport, color_scheme=scheme)
                page = open_page(site, context, username, path)
                page.wait_for_timeout(600)
                yield f"{name}-{size}-{scheme}", page


if __name__ == "__main__":
    main()
    print(f"{len(list(Path(FOLDER).glob('*.png')))} photographs are in {FOLDER.name}/.")
