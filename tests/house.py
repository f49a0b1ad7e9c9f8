"""A site for the tests of accounts and courses, and a visitor who uses it like a browser without JavaScript."""

import html
import re
from pathlib import Path
from typing import ClassVar

import flask
from jinja2 import BytecodeCache

import accounts
from app import create_app
from web import db

LESSON = "---\ntitle: {title}\nsummary: A sentence.\n---\nSome text.\n\n## Exercise\n\nTry it.\n"
INDEX = "---\ntitle: {title}\nsummary: A sentence.\n---\n"


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


def make_site(folder: Path, tables: bool = True, **overrides) -> flask.Flask:
    settings = {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "INSTANCE_DIR": str(folder / "instance"),
        "CONTENT_DIR": str(make_content(folder / "content")),
        "CONTENT_ROOT": str(folder),
        "PASSWORD_METHOD": "pbkdf2:sha256:1",
        **overrides,
    }
    site = create_app(settings)
    site.jinja_env.bytecode_cache = CompiledTemplates()
    if tables:
        with site.app_context():
            db.create_tables()
    return site


class CompiledTemplates(BytecodeCache):
    """Compiles each template once for all tests; that is most of the time that a new site takes."""

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket):
        self.compiled[bucket.key] = bucket.bytecode_to_string()


def load_samples(site):
    with site.app_context():
        return accounts.sample_users.load()


class Visitor:
    """A browser: keeps cookies, and sends each form with the token of the page it stands on."""

    def __init__(self, site, base="http://localhost"):
        self.site, self.base = site, base
        self.client = site.test_client()

    def get(self, path, **options):
        return self.client.get(path, base_url=self.base, **options)

    def post(self, path, page="/login", **fields):
        headers = fields.pop("headers", {})
        token = token_of(self.get(page, follow_redirects=True))
        return self.client.post(path, base_url=self.base, headers=headers, data={"csrf_token": token, **fields})

    def sign_in(self, username="ada", password=accounts.sample_users.PASSWORD, **fields):
        return self.post("/login", username=username, password=password, **fields)

    def sign_up(self, username="newcomer", name="New Comer", password="long enough", **fields):
        return self.post("/signup", "/signup", username=username, name=name, password=password, **fields)

    def is_signed_in(self):
        return self.get("/account").status_code == 200

    def cookies(self):
        return {name: self.client.get_cookie(name) for name in ("session", "remember_token")}


def token_of(response):
    field = re.search(r'<input[^>]*name="csrf_token"[^>]*>', response.text)[0]
    return html.unescape(re.search(r'value="([^"]*)"', field)[1])


def words(response):
    """The text of a page, without tags and with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.text)).split())
