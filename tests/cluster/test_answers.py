"""Answers to a poll while a process is killed and Redis is gone: what was acknowledged is there, and nothing twice."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import requests
import websocket

from tests.cluster.attendee import RoomPage
from tests.cluster.harness import Cluster, await_, sign_in

PLACE = "realtime/changes/gaps"
LESSON = f"/courses/{PLACE}"
POLL = "after-a-gap"
PEOPLE = 60
ANSWERED = "You've already answered."


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two processes; each test leaves both running, and Redis too."""
    cluster = Cluster(tmp_path_factory.mktemp("pair"), skewed=(0, 0))
    yield cluster
    cluster.stop()


@pytest.fixture
def watcher(pair):
    """Someone at the first process who only looks."""
    [cookie] = sign_in(pair.folder, 1)
    page = RoomPage(pair.sites[0].url, cookie, PLACE, "polls")
    yield page
    page.close()


def by_socket(url: str, cookie: str, option: str) -> str | None:
    """The end of an answer over a socket: acknowledged, refused with a sentence, or (None) without a word."""
    try:
        page = RoomPage(url, cookie, PLACE, "polls")
        with closing(page):
            ack = page.call("polls", "answer", poll=POLL, option=option)
    except (OSError, websocket.WebSocketException, AssertionError):
        return None
    return "saved" if ack["ok"] else ack["error"]


def by_form(url: str, cookie: str, option: str) -> str | None:
    """The same without JavaScript."""
    name, _, value = cookie.partition("=")
    with requests.Session() as browser:
        # As the server would set it: another domain would be a second cookie beside its own.
        browser.cookies.set(name, value, domain="127.0.0.1", path="/")
        try:
            page = browser.get(url + LESSON, timeout=20).text
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
            data = {"csrf_token": token, "option": option}
            status = browser.post(f"{url}{LESSON}/polls/{POLL}", data=data, timeout=20, allow_redirects=False)
        except requests.RequestException:
            return None
    return {303: "saved", 409: ANSWERED}[status.status_code]


def answer_all(cluster, cookies, act=lambda turn: None) -> list[str | None]:
    """Everyone answers, on one process after the other; every third one by form. `act` is told of each turn."""
    urls = [site.url for site in cluster.sites]

    def answer(turn: int) -> str | None:
        act(turn)
        way = by_form if turn % 3 == 2 else by_socket
        return way(urls[turn % len(urls)], cookies[turn], str(1 + turn % 3))

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(answer, range(len(cookies))))


def rows(cluster) -> list[int]:
    """The number of answers of each person who has any."""
    [file] = [path for path in (cluster.folder / "instance").iterdir() if path.suffix == ".db"]
    with closing(sqlite3.connect(file)) as database:
        return [count for [count] in database.execute("SELECT count(*) FROM poll_answers GROUP BY user_id")]


def test_a_process_is_killed_in_the_middle_of_the_answers(pair, watcher):
    cookies, killed = sign_in(pair.folder, PEOPLE), pair.sites[1].process
    before = len(rows(pair))
    outcomes = answer_all(pair, cookies, lambda turn: killed.kill() if turn == PEOPLE // 2 else None)
    assert set(outcomes) == {"saved", None}
    assert outcomes.count("saved") <= len(rows(pair)) - before <= PEOPLE
    # Those who were told nothing try again: it is a new answer, or theirs is there already.
    url = pair.sites[0].url
    again = [by_socket(url, cookie, "1") for cookie, said in zip(cookies, outcomes, strict=True) if said is None]
    assert set(again) <= {"saved", ANSWERED}
    assert rows(pair) == [1] * (before + PEOPLE)
    watcher.shows(lambda states: states.cells("polls")[POLL]["answers"] == before + PEOPLE)
    pair.restart(1)


def test_redis_is_gone_while_people_answer(pair, watcher):
    cookies, before = sign_in(pair.folder, 12), len(rows(pair))
    early = [RoomPage(pair.sites[1].url, cookie, PLACE, "polls") for cookie in cookies[:4]]
    pair.redis.stop()
    # They were there before; the others come while it is away.
    for page in early:
        assert page.call("polls", "answer", poll=POLL, option="2")["ok"]
    assert answer_all(pair, cookies[4:]) == ["saved"] * 8
    assert set(answer_all(pair, cookies)) == {ANSWERED}
    pair.restart_redis()
    watcher.shows(lambda states: states.cells("polls")[POLL]["answers"] == before + 12)
    for page in early:
        page.shows(lambda states: states.cells("polls")[POLL]["answers"] == before + 12)
        page.close()
    assert rows(pair) == [1] * (before + 12)


def test_a_room_in_use_loses_a_process_and_goes_on(pair):
    ada_cookie, grace_cookie = sign_in(pair.folder, 2)
    ada = RoomPage(pair.sites[0].url, ada_cookie, PLACE, "timer")
    # A join is acknowledged before it is in the log, and whose is first there has the first slot.
    ada.shows(lambda states: states.total("timer") == 1)
    grace = RoomPage(pair.sites[1].url, grace_cookie, PLACE, "timer")
    assert grace.call("timer", "start")["ok"]
    assert grace.call("timer", "plan", words="Read about gaps")["ok"]
    ada.shows(lambda states: states.total("timer") == 2 and "plan:2" in states.cells("timer"))
    since, seq = ada.states.cells("timer")["timer"], ada.states.seq("timer")
    pair.sites[1].process.kill()
    # Of Grace nothing is left: neither her face nor what she has only while she is here.
    ada.shows(lambda states: states.total("timer") == 1 and "plan:2" not in states.cells("timer"))
    assert list(ada.states.people("timer")) == ["1"]
    assert ada.states.cells("timer") == {"timer": since}
    assert ada.call("timer", "pause")["ok"]
    ada.shows(lambda states: states.cells("timer")["timer"]["paused_at"] is not None)
    assert ada.states.seq("timer") > seq
    with ThreadPoolExecutor(1) as aside:
        restarted = aside.submit(pair.restart, 1)
        # Ada's page answers pings meanwhile: a page that is not read is hung up.
        ada.shows(lambda _states: restarted.done(), 60)
    restarted.result()
    again = RoomPage(pair.sites[1].url, grace_cookie, PLACE, "timer")
    again.shows(lambda states: states.total("timer") == 2)
    again.shows(lambda states: states.cells("timer") == ada.states.cells("timer"))
    await_(lambda: again.call("timer", "start")["ok"], 5)
    ada.shows(lambda states: states.cells("timer")["timer"]["paused_at"] is None)
    for page in (ada, again):
        page.close()
