"""A site to test: the app, its sample users, and Socket.IO test clients that keep what they were sent.

No app context is ever open around the sockets: Flask-Login keeps the user in it, so all clients would be one person.
"""

import re
from pathlib import Path

import accounts
from app import create_app
from web import db

CONTENT = Path(__file__).parent / "content"


class Clock:
    """Unix time that stands still until it is told to go on."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds


class Site:
    def __init__(self, folder, **settings) -> None:
        cheap = {"SECRET_KEY": "a test's secret", "CONTENT_DIR": CONTENT, "PASSWORD_METHOD": "pbkdf2:sha256:1"}
        self.app = create_app({"TESTING": True, "INSTANCE_DIR": str(folder), **cheap, **settings})
        with self.app.app_context():
            db.create_tables()
            accounts.sample_users.load()
        self.presence = self.app.extensions["presence"]
        self.socketio = self.app.extensions["socketio"]
        self.presence.ticker.enabled = False
        self.clock = self.presence.clock = Clock()
        self.lessons = [place for place in self.places() if place.count("/") == 2]

    def places(self) -> list[str]:
        return [place for place in self.app.jinja_env.globals["place_titles"] if place]

    def go_on(self, seconds: float) -> None:
        """Let time pass, and what falls due happen."""
        self.clock.go_on(seconds)
        self.presence.tick()

    def browser(self, username: str | None = None):
        """A Flask test client, signed in as a sample user."""
        browser = self.app.test_client()
        if username:
            answer = post(browser, "/login", username=username, password="learn-together")
            assert answer.status_code == 303, answer.text
        return browser

    def sign_out(self, browser) -> None:
        assert post(browser, "/logout").status_code == 303

    def choose_visibility(self, browser, visibility: str) -> None:
        assert post(browser, "/account", form="presence", visibility=visibility).status_code == 303

    def tab(self, browser_or_username, place: str | None = None) -> "Tab":
        """An open page of somebody: a socket, at a place."""
        browser = browser_or_username
        if isinstance(browser, str):
            browser = self.browser(browser)
        tab = Tab(self, browser)
        if place is not None:
            assert tab.emit("enter", {"place": place}) == {"ok": True}
        return tab


class Tab:
    """One socket, its frames, and the states they add up to."""

    def __init__(self, site: Site, browser) -> None:
        self.site, self.browser = site, browser
        self.socket = site.socketio.test_client(site.app, flask_test_client=browser)

    @property
    def connected(self) -> bool:
        return self.socket.is_connected()

    def emit(self, event, *payload):
        return self.socket.emit(event, *payload, callback=True)

    def frames(self) -> list[tuple[str, dict]]:
        """The events that have come since the last call."""
        queue, self.socket.queue = self.socket.queue, []
        return [(packet["name"], packet["args"][0]) for packet in queue]

    def close(self) -> None:
        """The page is closed."""
        self.socket.disconnect()

    def vanish(self) -> None:
        """The network goes away under the page, and the server has noticed."""
        self.site.socketio.server._handle_eio_disconnect(self.socket.eio_sid, "transport close")


def post(browser, url: str, **fields):
    """Send a form as a browser does: with the token of a page it has read."""
    page = browser.get("/account" if url == "/logout" else url)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token, f"There is no form token on the page for {url}."
    return browser.post(url, data={"csrf_token": token[1], **fields})


def choose_flag(browser, code: str) -> None:
    assert post(browser, "/account", form="profile", flag=code).status_code == 303
