"""Photographs every state of the pages at four widths, light and dark: `make screenshots`.

They go to `screenshots/`, which git ignores, with contact sheets of them (`sheet-*.png`); the ones README shows are
kept in `docs/images/`. Words after the command choose the states whose names begin with them.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import socketio
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import contact_sheet
from tests.browser.conftest import hold_sockets, launch, open_page
from tests.browser.crowd import CrowdedSite
from tests.browser.shared_lesson import PLACE, SharedLesson
from tests.browser.states import LESSON, POLL, STATES, State
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
SETTLE_MS = 600


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    states = [state for state in STATES if not wanted or state.name.startswith(tuple(wanted))]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, start in (("company", company), ("alone", alone), ("crowd", crowd)):
            there = [state for state in states if state.site == name]
            if not there:
                continue
            with start() as site:
                for state in there:
                    photograph(site, browser, state)
        browser.close()
    contact_sheet.write(FOLDER, [state.name for state in states], list(SIZES))


def photograph(site: RunningSite, browser: Browser, state: State) -> None:
    for name, page in pages(site, browser, state):
        page.wait_for_timeout(SETTLE_MS)
        if state.act:
            state.act(page)
            page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=FOLDER / f"{name}.png")
        if name in README:
            keep(FOLDER / f"{name}.png", KEPT / README[name])
        page.context.close()


def keep(photograph: Path, kept: Path) -> None:
    """Keep a photograph in the repository, with fewer colours: it is a third as large, and looks the same."""
    with Image.open(photograph) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(kept, optimize=True)


def pages(site: RunningSite, browser: Browser, state: State) -> Iterator[tuple[str, Page]]:
    for scheme in ("light", "dark"):
        for size, viewport in SIZES.items():
            context = browser.new_context(viewport=viewport, color_scheme=scheme, **state.options)
            held = hold_sockets(context) if state.name.endswith(("reconnecting", "offline")) else []
            page = open_page(site, context, state.username, state.path)
            page.held = held
            yield f"{state.name}-{size}-{scheme}", page


def answer_poll(site: RunningSite, username: str, option: str) -> None:
    browser = site.browser(username)
    form = {"csrf_token": site.token(browser, POLL), "option": option}
    assert browser.post(f"{site.url}{POLL}/polls/after-a-gap", data=form, timeout=10).status_code == 200


@contextmanager
def company():
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(folder)
        for username, option in (("katherine", "2"), ("dennis", "2"), ("barbara", "1")):
            answer_poll(site, username, option)
        clients = meet(site)
        clients += [arrive(site, name, PLACE) for name in ("barbara", "dennis")]
        shared = SharedLesson(clients[-2:])
        yield site
        shared.stop()
        for client in clients:
            client.disconnect()
        site.stop()


@contextmanager
def alone():
    """No one is here, but three people finished the lesson today."""
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(folder)
        for name in ("grace", "alan", "katherine"):
            browser = site.browser(name)
            form = {"csrf_token": site.token(browser, LESSON)}
            browser.post(f"{site.url}{LESSON}/completion", data=form, timeout=10)
        yield site
        site.stop()


@contextmanager
def crowd():
    with tempfile.TemporaryDirectory() as folder:
        site = CrowdedSite(folder)
        yield site
        site.stop()


def meet(site: RunningSite) -> list:
    """Company for the photographs: the sample users, on and around the lesson."""
    lesson = LESSON.removeprefix("/courses/")
    catalog = site.browser().get(f"{site.url}/courses/places.json", timeout=10).json()
    lessons = [place for place in catalog if place.startswith("realtime/") and place.count("/") == 2]
    here = lessons.index(lesson)
    places = {"grace": 0, "alan": 0, "katherine": 1, "dennis": -1, "margaret": -here}
    clients = [arrive(site, name, lessons[(here + steps) % len(lessons)]) for name, steps in places.items()]
    clients[2].call("activity", {"status": "away"})
    return clients


def arrive(site: RunningSite, name: str, place: str) -> socketio.Client:
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.browser(name).cookies)
    client = socketio.Client()
    client.connect(site.url, headers={"Cookie": cookie}, transports=["websocket"])
    client.call("enter", {"place": place})
    return client


if __name__ == "__main__":
    main(sys.argv[1:])
    print(f"{len(list(Path(FOLDER).glob('*.png')))} photographs are in {FOLDER.name}/.")
