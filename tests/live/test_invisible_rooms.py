"""In every room of this site, someone hidden who joins, calls and signals leaves no byte: a recording with and without.

The rooms are those that the site registers, so a new one is in here without a word. Polls and reactions are driven
further in test_invisible.py.
"""

import json

import pytest

from accounts.models import User
from tests.helpers.app import Site
from web.db import db

LESSONS = ("realtime/proof/own-room", "realtime/changes/states")
GIVEN = {
    "on": True,
    "colour": "cool",
    "words": "words of someone",
    "video": "diffs",
    "did": "play",
    "at": 1.0,
    "rate": 1.0,
    "minutes": 1,
    "id": "x",
    "poll": "x",
    "option": "1",
    "kind": "clap",
    "seconds": 0,
}
VALUES = {"at": [3, 7, 0, 0], "burst": 2, "claps": 1}


class Evening:
    """Ada and Grace use every room of a lesson; `seen` is what they are told, the operator's numbers included."""

    def __init__(self, folder, place: str, username: str | None) -> None:
        self.site, self.place, self.seen = Site(folder, CONTENT_DIR=""), place, []
        with self.site.app.app_context():
            for user in db.session.scalars(db.select(User)):
                user.alias = user.username
            db.session.commit()
        registered = self.site.presence.rooms.host.registered
        opens = self.site.presence.rooms.loader.opens_at
        where = self.site.presence.channel.locate(place)
        self.rooms = {name: room for name, room in registered.items() if opens(room, where)}
        self.pages = {name: self.page(name) for name in ("ada", "grace")}
        self.person = self.activities(username) if username else iter(())

    def page(self, username):
        page = self.site.tab(username, self.place)
        assert page.join(*self.rooms)["ok"]
        return page

    def run(self) -> list:
        for turn in range(16):
            next(self.person, None)
            self.site.advance(0.6)
            self.use_all(self.pages["ada" if turn % 2 else "grace"], turn % 3)
            self.site.advance(0.6)
            for name, page in self.pages.items():
                self.seen += [(name, event, json.dumps(payload)) for event, payload in page.events()]
            self.seen.append(repr(self.site.presence.rooms.overview()))
        return self.seen

    def activities(self, username: str):
        """Joins all rooms, calls and signals all that there is, leaves, comes back, closes."""
        page = self.page(username)
        yield
        for part in range(3):
            self.use_all(page, part)
            yield
        for name in self.rooms:
            page.leave(name)
        yield
        page.join(*self.rooms)
        yield
        self.use_all(page, 0)
        page.close()
        yield

    def use_all(self, page, part: int) -> None:
        """A third of all calls and all signals, as fast as one connection may."""
        for number, (name, call, schema) in enumerate(self.calls()):
            if number % 3 == part:
                page.call(name, call, **{one.name: GIVEN.get(one.name, "x") for one in schema.parameters})
        for name, room in self.rooms.items():
            for signal in room.signals:
                page.signal(name, signal, VALUES[signal])

    def calls(self):
        return [(name, call, mark.schema) for name, room in self.rooms.items() for call, mark in room.calls.items()]


@pytest.fixture
def evening(tmp_path, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda size: "0f" * size)
    return lambda place, username: Evening(tmp_path / f"{username}-{place[-4:]}", place, username)


@pytest.mark.parametrize("place", LESSONS)
def test_someone_hidden_leaves_no_byte_in_any_room(evening, place):
    nobody = evening(place, None).run()
    hidden = evening(place, "hedy")
    assert hidden.run() == nobody
    assert {event for one in nobody if len(one) == 3 for event in [one[1]]} >= {"room_diff", "room_signals"}


def test_the_recording_would_notice_someone_who_is_not_hidden(evening):
    assert evening(LESSONS[0], "dennis").run() != evening(LESSONS[0], None).run()


def test_every_room_of_the_site_is_in_the_recording(evening):
    evenings = [evening(place, None) for place in LESSONS]
    registered = set(evenings[0].site.presence.rooms.host.registered)
    assert {name for one in evenings for name in one.rooms} == registered


@pytest.mark.parametrize("place", LESSONS)
def test_after_the_choice_to_hide_no_room_names_its_maker(evening, place):
    one = evening(place, None)
    browser = one.site.browser("alan")
    one.pages["alan"] = one.page(browser)
    for part in (0, 1, 2, 0):
        one.use_all(one.pages["alan"], part)
        one.site.advance(1.1)
    key = next(p["key"] for p in one.site.presence.states("")[0]["people"] if p["name"] == "Alan")
    assert key in json.dumps(one.pages["grace"].events())
    one.use_all(one.pages["alan"], 1)
    one.site.choose_visibility(browser, "hidden")
    # What goes with the choice itself names the key that goes.
    one.pages["grace"].events()
    late = one.page("katherine")
    one.site.advance(5)
    said = json.dumps([one.pages["grace"].events(), late.events()])
    assert key not in said
    assert "Alan" not in said
