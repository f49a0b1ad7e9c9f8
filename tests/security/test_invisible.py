"""Invisible means absent: an evening with someone hidden, and the same evening without them, byte by byte."""

import json
import re
from io import BytesIO
from unittest import mock

import pytest
from PIL import Image

from accounts.models import find
from tests.helpers.clients import post
from tests.security.live_rooms import others_watch_and_point, watch_and_point
from tests.security.recording import NOBODYS_PICTURE, Recording


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """All that the others get on the evening, with a user (or None) who does everything that can be done."""
    evenings = {}
    with mock.patch("secrets.token_hex", lambda size: "0f" * size):
        for username in (None, "hedy", "tim", "dennis"):
            evenings[username] = the_evening(Recording(tmp_path_factory.mktemp("evening")), username).end()
    return evenings


def the_evening(recording, username):
    """The others' steps, and between them all that a person can do; nothing when there is no such person."""
    steps = activities(recording, username) if username else iter(lambda: None, 1)
    lessons = recording.lessons
    for turn in range(20):
        next(steps, None)
        recording.advance(0.2)
        recording.tabs["grace"].emit("enter", {"place": lessons[1 + turn % 2]})
        use_rooms(recording, turn)
        if turn % 5 == 3:
            recording.tabs["ada"].emit("activity", {"status": ("away", "active")[turn // 5 % 2]})
        recording.advance(0.3 if turn % 3 else 1.2)
        if turn % 7 == 2:
            recording.look()
    recording.resync()
    recording.advance(8)
    recording.look()
    return recording


def use_rooms(recording, turn):
    """Ada and Grace do something in a room of their lesson; all join theirs again now and then."""
    ada, grace = recording.tabs["ada"], recording.tabs["grace"]
    if turn % 3 == 0:
        grace.join(*recording.rooms)
    if turn % 6 == 0:
        for name in ("ada", "alan"):
            recording.tabs[name].join(*recording.rooms)
    recording.ask("ada", "wave", "wave", to=recording.key_of(("grace", "alan", "hedy")[turn % 3]))
    recording.ask("grace", "wave", "wave", to=recording.key_of("ada"))
    help_each_other(recording, turn)
    ada.call("lamp", "switch", on=bool(turn % 2))
    ada.call("tally", "vote", option="ab"[turn // 4 % 2])
    grace.call("lamp", "write", name="note", value=str(turn))
    for one in (ada, grace):
        one.signal("lamp", "claps", 1)
        one.signal("arrows", "at", [turn])
    others_watch_and_point(recording.tabs["katherine"], grace, turn)


def help_each_other(recording, turn):
    """Ada is stuck, Grace offers help and they pair, until Ada ends it; Grace would help someone hidden as well."""
    grace, key_of = recording.tabs["grace"], recording.key_of
    if turn % 8 == 0:
        recording.tabs["ada"].emit("company", {"says": "stuck here"})
    recording.ask("grace", "pairing", "offer", to=key_of(("ada", "hedy")[turn % 2]))
    if turn % 8 == 4:
        recording.ask("ada", "pairing", "accept", by=key_of("grace"))
    if turn % 8 == 7:
        grace.call("pairing", "end")
    recording.ask("ada", "pairing", "mine")


def do_much(tab, recording):
    """All that someone can do in rooms, on every lesson."""
    assert tab.join(*recording.rooms, "pointers")["ok"]
    tab.call("wave", "wave", to=recording.key_of("ada"))
    tab.call("lamp", "switch", on=True)
    assert tab.call("tally", "vote", option="b")["ok"]
    tab.signal("lamp", "claps", 5)
    tab.signal("arrows", "at", [999])
    for room in ("arrows", "pointers"):
        tab.signal(room, "at", None)


def ask_and_help(tab, recording):
    tab.emit("company", {"says": "stuck here"})
    for call, argument in (("offer", "to"), ("accept", "by")):
        tab.call("pairing", call, **{argument: recording.key_of("ada")})


def do_the_rest(tab):
    tab.call("lamp", "write", name="unseen", value="unseen")
    tab.call("lamp", "lead")
    tab.call("lamp", "remember")


def activities(recording, username):
    """Signs in, has a picture, reads five lessons, reloads, opens a second tab, goes away, comes back, signs out."""
    site, lessons = recording.site, recording.lessons
    browser = site.browser(username)
    yield
    upload(browser)
    recording.picture = picture_of(site, username)
    yield
    tab = site.tab(browser, lessons[0])
    for lesson in lessons[:5]:
        browser.get(f"/courses/{lesson}")
        tab.emit("enter", {"place": lesson})
        do_much(tab, recording)
        yield
        if lesson == recording.lessons[2]:
            watch_and_point(tab)
            yield
    ask_and_help(tab, recording)
    tab.close()
    yield
    tab = site.tab(browser, lessons[4])
    yield
    second = site.tab(browser, lessons[0])
    for one in (tab, second):
        do_much(one, recording)
        do_the_rest(one)
    yield
    for room in ("arrows", "pointers", "watching"):
        second.leave(room)
    yield
    for status in ("away", "active"):
        tab.emit("activity", {"status": status})
        second.emit("activity", {"status": status})
        yield
    second.emit("resync", {"topic": ""})
    second.emit("enter", {"place": "no/such/place"})
    yield
    second.drop_connection()
    yield
    post(browser, "/account", form="profile", name="Somebody Else")
    yield
    recording.picture = NOBODYS_PICTURE
    post(browser, "/account", form="profile", avatar="initials")
    yield
    site.sign_out(browser)
    yield


def upload(browser):
    out = BytesIO()
    Image.new("RGB", (9, 9), "teal").save(out, "PNG")
    fields = {"form": "profile", "avatar": (BytesIO(out.getvalue()), "me.png")}
    assert post(browser, "/account", **fields).status_code == 303


def picture_of(site, username):
    with site.app.app_context():
        return find(username).avatar


def test_an_evening_with_a_hidden_user_is_one_without_them(recorded):
    assert len(recorded[None]) > 400
    assert {"room_state", "room_diff", "room_signals"} <= {what for _, _, what, _ in recorded[None]}
    for one, other in zip(recorded["hedy"], recorded[None], strict=True):
        assert one == other


def test_the_recording_would_notice_a_visible_user(recorded):
    assert recorded["dennis"] != recorded[None]
    assert mentions(recorded["dennis"], "Dennis") > mentions(recorded[None], "Dennis")
    assert about_people(recorded["dennis"]) != about_people(recorded[None])


def test_an_anonymous_user_is_a_number_and_nothing_else(recorded):
    assert recorded["tim"] != recorded[None]
    assert about_people(recorded["tim"]) == about_people(recorded[None])
    for text in ("Tim", "Somebody Else", "tim.svg"):
        assert mentions(recorded["tim"], text) == mentions(recorded[None], text)
    # Who paused a video without a name replaces who paused it before, so the same faces are not there as often.
    assert pictures(recorded["tim"]) == pictures(recorded[None])


def about_people(seen):
    """The people in frames and /presence, in order: without counts, totals, and the numbers that count frames."""
    people = []
    for _at, who, what, text in seen:
        if what.startswith("presence_"):
            payloads = [json.loads(text)]
        elif what.startswith("/presence") and text.startswith("200"):
            payloads = json.loads(text.partition("\n\n")[2])["states"]
        else:
            continue
        for payload in payloads:
            said = {key: payload[key] for key in ("topic", "people", "joins", "updates", "leaves") if key in payload}
            if len(said) > 1:
                people.append((who, what, said))
    return people


def pictures(seen):
    return {picture for record in seen for picture in re.findall(r"/avatars/[\w.-]+", record[-1])}


def mentions(seen, text):
    return sum(record[-1].count(text) for record in seen)
