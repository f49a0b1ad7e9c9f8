import html
import re

import pytest

from accounts.models import find
from web.db import db

PLACE = "web/state/diffs"
LESSON = f"/courses/{PLACE}"
POLLS = f"{LESSON}/polls"


class Reader:
    """A person with a browser that runs no JavaScript, on the lesson with all blocks."""

    def __init__(self, site, username=None):
        self.browser = site.browser(username)

    def page(self) -> str:
        return self.browser.get(LESSON).text

    def card(self, poll="after-a-gap") -> str:
        """The text of a poll's card."""
        answer = self.browser.get(f"{POLLS}/{poll}")
        assert answer.status_code == 200
        return words(answer.text)

    def answer(self, poll, option=None):
        return self.post(f"{POLLS}/{poll}", **({} if option is None else {"option": option}))

    def round(self, poll, do, **fields):
        return self.post(f"{POLLS}/{poll}/round", do=do, **fields)

    def post(self, url, **fields):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page() + self.browser.get("/login").text)
        return self.browser.post(url, data={"csrf_token": token[1], **fields})


def joined(tab, *rooms):
    """An open page that has joined rooms."""
    assert tab.join(*rooms)["ok"]
    return tab


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture
def reader(site):
    """Makes a reader of a sample user's name, or a guest."""
    return lambda username=None: Reader(site, username)


@pytest.fixture
def readers(reader):
    """Four learners who are visible to everyone."""
    return [reader(name) for name in ("ada", "grace", "alan", "katherine")]


@pytest.fixture
def no_longer_instructor(site):
    """Takes the role of a user, as `flask role` does in a process of its own."""

    def take(username):
        with site.app.app_context():
            find(username).role = "learner"
            db.session.commit()

    return take
