"""Classmates among people: they wave back, answer an offer of help, and one of them stays near a real reader."""

import itertools
import json
import re
import threading
import time

import pytest

import accounts
from accounts.models import find
from app import create_app
from classmates import meeting
from classmates.attention import DELAYS, Attention
from classmates.companion import Companion
from classmates.readers import Readers, is_near, where_to_go
from classmates.script import Reading, Step, script
from tests.helpers.server import RunningSite

LESSONS = ["a/s/one", "a/s/two", "a/t/three", "a/t/four", "b/s/one"]
READINGS = [Reading(place, 600.0) for place in LESSONS]


def person(key, *places, says=None, role="learner", since=0):
    company = {"company": {"says": says, "place": places[0]}} if says else {}
    return {"key": key, "role": role, "places": list(places), "since": since, **company}


def state(*people, topic=""):
    return {"topic": topic, "people": list(people)}


@pytest.mark.parametrize(
    ("at", "readers", "goes"),
    [
        ("a/s/one", [], None),
        ("a/s/one", [["a/s/one"]], None),
        ("a/s/one", [["a/s/two"]], None),
        ("a/s/one", [["a/t/four"], ["a/s/two"]], None),
        ("a/s/one", [["a/t/three"]], "a/t/four"),
        ("a/s/one", [["a/t/four"]], "a/t/three"),
        ("a/t/four", [["b/s/one"]], "b/s/one"),
        ("a/s/one", [[""], ["a"]], None),
    ],
)
def test_a_companion_goes_where_a_reader_is_within_one_lesson(at, readers, goes):
    assert where_to_go(LESSONS, at, readers) == goes
    if goes:
        assert is_near(LESSONS, goes, readers[0][0])


def test_the_second_companion_joins_a_reader_on_their_own_lesson():
    assert where_to_go(LESSONS, "a/s/one", [["a/t/three"]], is_beside=False) == "a/t/three"


def test_only_real_people_are_readers_and_the_diffs_are_followed():
    readers = Readers()
    readers.hear(state(person("ada", "a/s/one", since=2), person("bot", "a/s/two", role="simulated")))
    readers.hear(state(person("x", "a/s/one"), topic="a"))
    assert readers.places() == [["a/s/one"]]
    readers.hear({"topic": "", "joins": [person("grace", "b/s/one", says="stuck here", since=1)]})
    assert readers.places() == [["b/s/one"], ["a/s/one"]]
    assert readers.asking() == {("grace", "stuck here")}
    readers.hear({"topic": "", "leaves": ["ada", "nobody"]})
    assert readers.places() == [["b/s/one"]]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def wave_of(key, role="learner"):
    return {"room": "wave", "cells": {f"wave:{key}": {"from": {"key": key, "role": role}, "at": 1}}}


def test_a_wave_of_a_person_is_answered_after_a_moment_and_that_of_a_classmate_is_not():
    clock = Clock()
    attention = Attention(1, clock)
    attention.hear("room_diff", wave_of("bot", "simulated"))
    attention.hear("room_diff", {"room": "wave", "cells": {"wave:ada": None}})
    attention.hear("room_diff", wave_of("ada"))
    attention.hear("room_diff", wave_of("ada"))
    clock.now = DELAYS["wave back"][0] - 0.1
    assert attention.due() == []
    clock.now = DELAYS["wave back"][1]
    assert attention.due() == [("wave back", "ada")]
    assert attention.due() == []


@pytest.mark.parametrize("event", ["room_state", "room_diff"])
@pytest.mark.parametrize(
    ("room", "cells", "action"),
    [
        ("wave", {"wave:ada": {"from": {"key": "ada", "role": "learner"}, "at": 1}}, ("wave back", "ada")),
        ("pairing", {"news": {"at": 1}}, ("answer offer",)),
    ],
)
def test_what_was_sent_before_the_rooms_were_joined_is_answered_like_what_comes_after(event, room, cells, action):
    clock = Clock()
    attention = Attention(1, clock)
    attention.hear(event, {"room": room, "cells": cells})
    clock.now = 60
    assert attention.due() == [action]


def test_only_the_first_companion_offers_help_and_once_for_what_is_said():
    clock = Clock()
    for is_companion, is_first, offers in ((False, True, []), (True, True, [("offer", "ada")]), (True, False, [])):
        attention = Attention(1, clock, is_companion, is_first)
        for _ in range(3):
            attention.hear("presence_state", state(person("ada", "a/s/one", says="stuck here")))
        clock.now += 60
        assert [action for action in attention.due() if action[0] == "offer"] == offers


class Page:
    """A page in the rooms that answers `mine`, and notes what else is called."""

    def __init__(self, **mine):
        self.mine, self.called = mine, []

    def call(self, room, name, **arguments):
        if name == "mine":
            return {"ok": True, "reply": self.mine}
        self.called.append((room, name, arguments))
        return {"ok": True, "reply": None}


def test_an_offer_is_accepted_and_the_pairing_ended_after_some_minutes():
    clock = Clock()
    attention, page = Attention(1, clock), Page(offers=[{"key": "ada"}, {"key": "grace"}], pair=None)
    attention.hear("room_diff", {"room": "pairing", "cells": {"news": {"at": 1}}})
    clock.now += DELAYS["answer offer"][1]
    for action in attention.due():
        meeting.do(page, attention, *action)
    assert page.called == [("pairing", "accept", {"by": "ada"})]
    clock.now += DELAYS["end pairing"][1]
    for action in attention.due():
        meeting.do(page, attention, *action)
    assert page.called[-1] == ("pairing", "end", {})


class Walk(Companion):
    """A companion without a connection, that notes where it is."""

    def __init__(self, clock):
        attention = Attention(3, clock, is_companion=True)
        made = {"lessons": LESSONS, "script_from": lambda place: script(READINGS, "3", start=place)}
        super().__init__("", "", script(READINGS, "3"), threading.Event(), attention, **made)

    def _enter(self, place):
        self._at = place

    def _reload(self, place):
        """As every other step here, it changes no place."""

    _away = _active = _stuck_here = _never_mind = _happy_to_pair = _just_finished = _reload


def test_a_companion_is_within_a_lesson_of_a_reader_at_every_step():
    clock = Clock()
    companion = Walk(clock)
    reader = itertools.cycle(LESSONS)
    companion._follow(next(companion._script))
    for number in range(200):
        if number % 4 == 0:
            at = next(reader)
            companion._attention.hear("presence_state", state(person("ada", at)))
            clock.now += DELAYS["go along"][1]
            for action in companion._attention.due():
                companion._respond(action)
        companion._follow(next(companion._script))
        assert is_near(LESSONS, companion._at, at) or companion._at == at


def heard(socket, wanted, seconds=8):
    """Wait until a frame of the socket holds a text. Returns everything that came until then, as text."""
    ends, frames = time.monotonic() + seconds, ""
    while wanted not in frames and time.monotonic() < ends:
        frames += json.dumps(socket.listen(0.2))
    assert wanted in frames
    return frames


def cookie_of_classmate(folder, username):
    app = create_app({"INSTANCE_DIR": str(folder)})
    with app.app_context():
        return accounts.sessions.cookie(accounts.sessions.issue(find(username), simulated=True))


def call_room(socket, room, name, **arguments):
    return socket.call("room_call", {"room": room, "call": name, "with": arguments})


def test_a_companion_on_a_running_site_comes_near_waves_back_and_offers_help(tmp_path, monkeypatch):
    for name in DELAYS:
        monkeypatch.setitem(DELAYS, name, (0.1, 0.2))
    site, stop = RunningSite(tmp_path), threading.Event()
    lessons = ["company/keeping/recall", "company/keeping/spacing", "company/keeping/mixing"]
    readings = [Reading(place, 600.0) for place in lessons]
    try:
        ada = site.socket(site.browser("ada"), lessons[0])
        ada.call("room_join", {"rooms": ["wave", "pairing"]})
        cookie = cookie_of_classmate(tmp_path, "grace")
        begin = [Step(0, "enter", lessons[2]), *itertools.islice(script(readings, "1", start=lessons[2]), 9)]
        made = {"lessons": lessons, "script_from": lambda place: script(readings, "1", start=place)}
        grace = Companion(site.url, cookie, iter(begin), stop, Attention(1, time.monotonic, True), **made)
        thread = threading.Thread(target=grace.run)
        thread.start()
        key = re.search(r'"key": "(\w+)", "name": "Grace"', heard(ada, lessons[1]))[1]
        assert call_room(ada, "wave", "wave", to=key)["ok"]
        heard(ada, '"wave:')
        assert ada.call("company", {"says": "stuck here"})["ok"]
        heard(ada, '"news"')
        assert call_room(ada, "pairing", "accept", by=key)["ok"]
        heard(ada, '"says": "pairing"')
    finally:
        stop.set()
        thread.join()
        assert site.stop() == 0
