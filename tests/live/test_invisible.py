"""The answers and reactions of a hidden user leave no byte anywhere: the others get the same without them."""

import json
import re

import pytest

from accounts.models import User
from tests.helpers.app import Site
from tests.live.conftest import LESSON, PLACE, POLLS, Reader, joined
from web.db import db

TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')
PATHS = (LESSON, f"{POLLS}/after-a-gap", f"{POLLS}/liked", "/courses/web")


class Evening:
    """Two learners, an instructor and a guest; `seen` is what they got, while one person does all that can be done."""

    def __init__(self, folder, username) -> None:
        self.site, self.seen = Site(folder), []
        self._make_aliases_the_same()
        self.others = {name: Reader(self.site, name) for name in ("ada", "grace", "margaret", None)}
        signed_in = {name: reader for name, reader in self.others.items() if name}
        self.pages = {n: joined(self.site.tab(r.browser, PLACE), "polls", "reactions") for n, r in signed_in.items()}
        self.activities = iter(all_that_can_be_done(self.site, username) if username else ())

    def run(self) -> list[tuple]:
        doings_of_others = {3: self.answer, 5: self.ask, 7: self.be_lost, 9: self.show}
        for turn in range(14):
            next(self.activities, None)
            doings_of_others.get(turn, lambda: None)()
            self.site.advance(0.7)
            self.keep_frames()
            if turn % 4 == 1:
                self.look()
        return self.seen

    def answer(self):
        self.pages["ada"].call("polls", "answer", poll="after-a-gap", option="2")

    def ask(self):
        self.pages["margaret"].call("polls", "ask", poll="after-a-gap", seconds=0)

    def show(self):
        self.pages["margaret"].call("polls", "show", poll="after-a-gap")

    def be_lost(self):
        self.pages["grace"].call("reactions", "react", at="gaps", kind="lost", on=True)

    def keep_frames(self):
        for name, page in self.pages.items():
            self.seen += [(name, event, json.dumps(payload)) for event, payload in page.events()]

    def look(self):
        for name, reader in self.others.items():
            for path in (*PATHS, *(["/class/web"] if name == "margaret" else [])):
                self.seen.append((name, path, TOKEN.sub(r"\1", reader.browser.get(path).text)))

    def _make_aliases_the_same(self):
        with self.site.app.app_context():
            for user in db.session.scalars(db.select(User)):
                user.alias = user.username
            db.session.commit()


def all_that_can_be_done(site, username):
    reader = Reader(site, username)
    page = joined(site.tab(reader.browser, PLACE), "polls", "reactions")
    yield
    page.call("polls", "answer", poll="after-a-gap", option="1")
    page.call("polls", "answer", poll="liked", option="states")
    yield
    for kind in ("clap", "lost"):
        page.call("reactions", "react", at="gaps", kind=kind, on=True)
    yield
    page.call("polls", "answer", poll="liked", option="diffs")
    yield
    reader.answer("kept-back", "1")
    yield
    reader.post(f"{LESSON}/reactions", at="gaps", kind="love", on="1")
    yield
    page.call("polls", "answer", poll="after-a-gap", option="3")
    yield
    page.call("reactions", "react", at="gaps", kind="clap", on=False)
    yield
    page.call("polls", "answer", poll="nope", option="3")
    page.close()
    yield


@pytest.fixture
def evening(tmp_path, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda size: "0f" * size)
    return lambda username: Evening(tmp_path / str(username), username).run()


def test_what_someone_hidden_does_is_not_there_for_anyone_else(evening):
    nobody, hidden = evening(None), evening("hedy")
    assert len(nobody) > 60
    for one, other in zip(hidden, nobody, strict=True):
        assert one == other


@pytest.mark.parametrize("username", ["dennis", "tim"])
def test_the_evening_would_notice_someone_who_is_not_hidden(evening, username):
    assert evening(username) != evening(None)


def test_of_someone_anonymous_there_are_numbers_and_nothing_else(evening):
    seen = json.dumps(evening("tim"))
    assert "Tim" not in seen
    assert "tim.svg" not in seen
