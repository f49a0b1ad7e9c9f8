"""A running site and a real Chromium. Each person has a browser profile of their own."""

import shutil
import time

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.films import FilmSite
from tests.helpers.server import RunningSite

# The first has no windows, so it costs a quarter less; its pages are the same.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Chromium would load pages of its own for each window (toolbar, address bar): more than half of what a test costs it.
OWN_PAGES = ["PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"]
# Playwright leaves these out; its list does not count beside another one.
LEFT_OUT = [
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    f"--disable-features={','.join(OWN_PAGES + LEFT_OUT)}",
]
WIDE = {"width": 1440, "height": 900}

# How long a busy machine may take for what a quiet one does at once; what holds sooner waits no longer.
expect.set_options(timeout=20_000)


def launch(playwright) -> Browser:
    """The system's Chromium, headless."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("There is no Chromium. On Debian or Ubuntu, type: sudo apt-get install -y chromium")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


@pytest.fixture(scope="module")
def running(shared):
    """The site of all tests, once the people of the last file have left it."""
    deadline = time.monotonic() + 20
    while shared.metric("presence_people"):
        assert time.monotonic() < deadline, "Someone has not left."
        time.sleep(0.1)
    return shared


@pytest.fixture(scope="session")
def films(tmp_path_factory):
    """One site for all tests of videos and pointers."""
    site = FilmSite(tmp_path_factory.mktemp("films"))
    yield site
    site.stop()


@pytest.fixture
def lesson(films):
    """The path of a lesson with a video that no test has used."""
    return films.lesson()


@pytest.fixture
def visit(running, chromium):
    """`visit(username, path)` opens a page as that person; `**options` go to the browser context.

    All are signed out at the end, because that has no grace: no one is left for the next test.
    """
    contexts = []

    def visit(username: str | None, path: str, **options) -> Page:
        context = chromium.new_context(**{"viewport": WIDE, **options})
        contexts.append(context)
        return open_page(running, context, username, path)

    yield visit
    for context in contexts:
        context.close()
    for context in contexts:
        if browser := getattr(context, "signed_in", None):
            running.sign_out(browser)


def hold_sockets(context) -> list:
    """The first WebSocket of each page goes to the server and can be closed here; those that follow get no answer."""
    held: list = []

    def hold(socket):
        if not held:
            socket.connect_to_server()
        held.append(socket)

    context.route_web_socket("**/socket.io/**", hold)
    return held


def _listen_to(page: Page, socket) -> None:
    page.sockets.append(socket)
    socket.on("framesent", lambda frame: page.sent.append(str(frame)))


def open_page(running: RunningSite, context, username: str | None, path: str) -> Page:
    """A page of a context that is signed in as someone. It fails its test when the console complains."""
    if username and not context.cookies():
        context.signed_in = running.browser(username)
        jar = context.signed_in.cookies
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": running.url} for cookie in jar])
    page = context.new_page()
    page.complaints, page.sockets, page.sent = [], [], []
    page.on("websocket", lambda socket: _listen_to(page, socket))
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.base = running.url
    page.goto(path if path == "about:blank" else running.url + path)
    return page
