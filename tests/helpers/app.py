"""A site to test: the app, its sample users, and a clock that the test moves.

Keep no app context open around the sockets: Flask-Login keeps the user in it, so all clients would be one person.
"""

import functools
from pathlib import Path
from types import CodeType
from typing import ClassVar
from weakref import WeakValueDictionary

import flask
from flask_socketio import SocketIOTestClient
from jinja2 import BytecodeCache

import accounts
from app import create_app
from courses import content_file, yaml_source
from live import block_fields
from presence.testing import Clock, freeze  # noqa: F401  tests take the clock from here
from tests.helpers import databases
from tests.helpers.clients import SocketClient, first_token, post
from tests.helpers.databases import CHEAP, CONTENT
from tests.helpers.routes import build_routes_later
from web import db, static_files

ROOT = Path(__file__).resolve().parent.parent.parent
LESSON = "---\ntitle: {title}\nsummary: A sentence.\n---\nSome text.\n\n## Exercise\n\nTry it.\n"
INDEX = "---\ntitle: {title}\nsummary: A sentence.\n---\n"


class CompiledTemplates(BytecodeCache):
    """Compiles each template once for all tests; compiling is most of the time that a new site takes."""

    compiled: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket):
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.compiled[bucket.key, bucket.checksum] = bucket.code


STATIC = ROOT / "static"
once, each_time = functools.cache(static_files.digest_of), static_files.digest_of
# No test changes the static files of this repository, so their digest is made once for all sites.
build_routes_later()
static_files.digest_of = lambda folder: (once if folder == STATIC else each_time)(folder)
# Nearly all sites have the same front matter and blocks, and no one changes what is read of them.
content_file.compose = block_fields.compose = functools.cache(yaml_source.compose)

# The library would keep every test client, and each of them its site, to the end of the process.
SocketIOTestClient.clients = WeakValueDictionary()


def make_app(folder: Path, tables: bool = True, samples: bool = False, **settings) -> flask.Flask:
    """The app with its instance in `folder` and cheap password hashes; `settings` override any setting."""
    usual = {"TESTING": True, "INSTANCE_DIR": str(Path(folder) / "instance"), "PASSWORD_METHOD": CHEAP}
    settings = {**usual, **settings}
    copied = tables and "DATABASE_URL" not in settings and databases.put(Path(settings["INSTANCE_DIR"]), samples)
    app = create_app(settings)
    app.jinja_env.bytecode_cache = CompiledTemplates()
    if tables and not copied:
        with app.app_context():
            db.create_tables()
    if samples and not copied:
        load_samples(app)
    return app


def make_small_app(folder: Path, tables: bool = True, **settings) -> flask.Flask:
    """The app on the small course of `make_content`, written into `folder` so that a test may change it."""
    content = {"CONTENT_DIR": str(make_content(folder / "content")), "CONTENT_ROOT": str(folder)}
    return make_app(folder, tables, **{"PROPAGATE_EXCEPTIONS": False, **content, **settings})


def make_sample_app(folder: Path, **settings) -> flask.Flask:
    """The small app of `make_small_app`, with the sample users."""
    return make_small_app(folder, samples=True, **settings)


def make_content(folder: Path) -> Path:
    """One course of two sections and three lessons: web/basics/first, web/basics/second, web/rooms/third."""
    files = {
        "web/course.md": INDEX.format(title="The Web") + "Welcome.\n",
        "web/01-basics/section.md": INDEX.format(title="Basics"),
        "web/01-basics/01-first.md": LESSON.format(title="First steps"),
        "web/01-basics/02-second.md": LESSON.format(title="Second steps"),
        "web/02-rooms/section.md": INDEX.format(title="Rooms"),
        "web/02-rooms/01-third.md": LESSON.format(title="Third steps"),
    }
    for name, text in files.items():
        write(folder / name, text)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load_samples(app: flask.Flask):
    with app.app_context():
        return accounts.sample_users.load()


class Site:
    """An app with the sample users loaded, and its Socket.IO test clients. Nothing ticks unless the test says so."""

    def __init__(self, folder, **settings) -> None:
        usual = {"INSTANCE_DIR": str(folder), "SECRET_KEY": "a test's secret", "CONTENT_DIR": CONTENT}
        self.app = make_app(folder, samples=True, **{**usual, **settings})
        self.presence = self.app.extensions["presence"]
        self.socketio = self.app.extensions["socketio"]
        self.clock = freeze(self.app)
        self.lessons = [place for place in self.places() if place.count("/") == 2]

    def places(self) -> list[str]:
        return [place for place in self.app.jinja_env.globals["place_titles"] if place]

    def advance(self, seconds: float) -> None:
        """Let time pass, and do what falls due."""
        self.clock.advance(seconds)

    def browser(self, username: str | None = None):
        """A Flask test client, signed in as a sample user."""
        browser = self.app.test_client()
        if username:
            form = {"username": username, "password": accounts.sample_users.PASSWORD}
            answer = browser.post("/login", data={"csrf_token": first_token(self.app, browser), **form})
            assert answer.status_code == 303, answer.text
        return browser

    def sign_out(self, browser) -> None:
        assert post(browser, "/logout").status_code == 303

    def choose_visibility(self, browser, visibility: str) -> None:
        assert post(browser, "/account", form="presence", visibility=visibility).status_code == 303

    def tab(self, browser_or_username, place: str | None = None) -> SocketClient:
        """An open page: a socket, at a place."""
        browser = browser_or_username
        if isinstance(browser, str):
            browser = self.browser(browser)
        tab = SocketClient(self, browser)
        if place is not None:
            assert tab.emit("enter", {"place": place}) == {"ok": True}
        return tab
