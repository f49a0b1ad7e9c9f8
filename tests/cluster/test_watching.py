"""A video and pointers that people of several processes share: one clock, one chat, and nothing of who hides."""

import json
import re
import time
from contextlib import closing

import pytest

from presence.rooms.records import PAUSED
from tests.cluster.attendee import RoomPage
from tests.cluster.harness import sign_in

PLACE = "realtime/changes/states"
VIDEO = "diffs"
ROOMS = ("watching", "pointers")


@pytest.fixture
def pages(cluster):
    """`pages(number)`: someone new at that process, in the rooms of the lesson with the video."""
    opened = []

    def come(number: int, cookie: str = "") -> RoomPage:
        [cookie] = [cookie] if cookie else sign_in(cluster.folder, 1)
        opened.append(RoomPage(cluster.sites[number].url, cookie, PLACE, *ROOMS))
        return opened[-1]

    yield come
    for page in opened:
        page.close()


def order(page: RoomPage, did: str, **more):
    """Give an order. One a second is taken from each person, so it may have to wait."""
    while True:
        answer = page.call("watching", "control", video=VIDEO, did=did, **more)
        if not answer.get("error", "").startswith("Too many"):
            return answer
        time.sleep(0.2)


def clock(states) -> dict:
    return states.cells("watching").get(VIDEO) or {}


def chat(states) -> list[str]:
    lines = (cell for name, cell in states.cells("watching").items() if name.startswith("said:"))
    return [line["words"] for line in sorted(lines, key=lambda line: line["at"])]


def point(page: RoomPage, block: int) -> None:
    page.socket.raw.send("42" + json.dumps(["room_signal", {"room": "pointers", "signal": "at", "value": [block]}]))


def hears(page: RoomPage, paused: bool) -> None:
    page.shows(lambda _states: page.is_paused == paused)


def sees(page: RoomPage, other: RoomPage, block: int) -> None:
    """Signals are not kept: who points before the page is known to all is pointing to no one."""

    def arrived(states) -> bool:
        point(other, block)
        return pointed(block)(states)

    page.shows(arrived)


def pointed(block: int):
    return lambda states: any([block] in signals.get("at", {}).values() for _, signals in states.signals)


def test_an_order_on_one_process_is_followed_on_the_other_and_the_chat_is_one(pages):
    """The second process has a clock that is five minutes ahead: positions go by the time of the log."""
    ada, grace = pages(0), pages(1)
    assert order(ada, "play")["ok"]
    grace.shows(lambda states: clock(states).get("playing"))
    assert order(grace, "seek", at=30)["ok"]
    ada.shows(lambda states: clock(states)["at"] == 30)
    grace.shows(lambda states: clock(states) == clock(ada.states))
    times = [page.call("watching", "clock")["reply"]["now"] for page in (ada, grace)]
    assert abs(times[1] - times[0]) < 5_000
    assert ada.call("watching", "say", words="hello")["ok"]
    grace.shows(lambda states: chat(states) == ["hello"])
    assert grace.call("watching", "say", words="hello too")["ok"]
    ada.shows(lambda states: chat(states) == ["hello", "hello too"])


def test_pointers_pass_from_process_to_process(pages):
    ada, grace = pages(0), pages(1)
    sees(grace, ada, 7)
    sees(ada, grace, 8)


def test_one_who_hides_leaves_no_byte_on_the_other_process(cluster, pages):
    browser = cluster.sites[0].browser("alan")
    choose(cluster.sites[0], browser, "hidden")
    ada, grace = pages(0), pages(1)
    sees(grace, ada, 3)
    before = {room: grace.states.total(room) for room in ROOMS}
    alan = pages(0, "; ".join(f"{one.name}={one.value}" for one in browser.cookies))
    point(alan, 9)
    assert alan.call("watching", "control", video=VIDEO, did="play")["error"].startswith("You are hidden")
    assert not alan.call("watching", "say", words="unseen")["ok"]
    alan.close()
    # What Ada does now is told after anything of his would have been.
    assert order(ada, "seek", at=12)["ok"]
    grace.shows(lambda states: clock(states).get("at") == 12)
    sees(grace, ada, 11)
    assert not pointed(9)(grace.states)
    # Those of the test before may still be leaving.
    assert all(grace.states.total(room) <= total for room, total in before.items())
    assert "unseen" not in chat(grace.states)
    choose(cluster.sites[0], browser, "everyone")


def choose(site, browser, visibility: str) -> None:
    page = browser.get(f"{site.url}/account", timeout=10).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    form = {"csrf_token": token, "form": "presence", "visibility": visibility}
    assert browser.post(f"{site.url}/account", data=form, timeout=10, allow_redirects=False).status_code == 303


def test_when_a_process_is_killed_clock_and_chat_go_on(cluster, pages):
    ada, grace = pages(1), pages(0)
    assert order(ada, "pause")["ok"]
    assert ada.call("watching", "say", words="before the end")["ok"]
    grace.shows(lambda states: clock(states).get("playing") is False and "before the end" in chat(states))
    held = clock(grace.states)
    cluster.sites[1].process.kill()
    with closing(pages(2)) as late:
        late.shows(lambda states: clock(states) == held and "before the end" in chat(states))
    assert order(grace, "seek", at=50)["ok"]
    cluster.restart(1)
    pages(1).shows(lambda states: clock(states).get("at") == 50 and "before the end" in chat(states))


def test_while_redis_is_away_orders_are_refused_with_a_sentence_and_the_clock_stays(cluster, pages):
    ada, grace = pages(0), pages(1)
    assert order(ada, "seek", at=42)["ok"]
    grace.shows(lambda states: clock(states).get("at") == 42)
    cluster.redis.stop()
    for page in (ada, grace):
        hears(page, paused=True)
        assert order(page, "play") == {"ok": False, "error": PAUSED}
        assert page.call("watching", "say", words="anyone?") == {"ok": False, "error": PAUSED}
        assert clock(page.states)["at"] == 42
    cluster.restart_redis()
    for page in (ada, grace):
        hears(page, paused=False)
    ada.shows(lambda _states: order(ada, "seek", at=43)["ok"])
    grace.shows(lambda states: clock(states).get("at") == 43)
