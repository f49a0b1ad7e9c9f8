"""Answers to a poll while a process is killed and Redis is gone: what was acknowledged is there, and nothing twice."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.cluster.harness import Cluster, sign_in

LESSON = "/courses/realtime/changes/gaps"
POLL = f"{LESSON}/polls/after-a-gap"
PEOPLE = 60


@pytest.fixture
def own_cluster(tmp_path):
    cluster = Cluster(tmp_path, skewed=(0, 0))
    yield cluster
    cluster.stop()


def answer(url, cookie, turn=0, act=lambda: None) -> int | None:
    """The status of an answer by form; None when the process did not answer."""
    act()
    browser = requests.Session()
    name, _, value = cookie.partition("=")
    # As the server would set it: another domain would be a second cookie beside its own.
    browser.cookies.set(name, value, domain="127.0.0.1", path="/")
    try:
        page = browser.get(url + LESSON, timeout=20).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        data = {"csrf_token": token, "option": str(1 + turn % 3)}
        return browser.post(url + POLL, data=data, timeout=20, allow_redirects=False).status_code
    except requests.RequestException:
        return None


def rows(cluster) -> list[tuple]:
    [file] = [path for path in (cluster.folder / "instance").iterdir() if path.suffix in (".db", ".sqlite", ".sqlite3")]
    with sqlite3.connect(file) as database:
        return database.execute("SELECT user_id, count(*) FROM poll_answers GROUP BY user_id").fetchall()


def answer_all(cluster, cookies, act=lambda turn: None) -> list[int | None]:
    urls = [site.url for site in cluster.sites]
    with ThreadPoolExecutor(8) as pool:
        tasks = [
            pool.submit(answer, urls[turn % len(urls)], cookie, turn, lambda turn=turn: act(turn))
            for turn, cookie in enumerate(cookies)
        ]
        return [task.result() for task in tasks]


def test_a_process_is_killed_in_the_middle_of_the_answers(own_cluster):
    cookies = sign_in(own_cluster.folder, PEOPLE)
    killed = own_cluster.sites[1].process
    statuses = answer_all(own_cluster, cookies, lambda turn: killed.kill() if turn == PEOPLE // 2 else None)
    assert set(statuses) == {303, None}
    written = rows(own_cluster)
    assert statuses.count(303) <= len(written) <= PEOPLE
    # Those who were told nothing try again: it is a new answer, or theirs is there already.
    url = own_cluster.sites[0].url
    again = [answer(url, cookie) for cookie, status in zip(cookies, statuses, strict=True) if status is None]
    assert set(again) <= {303, 409}
    assert rows(own_cluster) == [(user_id, 1) for user_id, _ in rows(own_cluster)]
    assert len(rows(own_cluster)) == PEOPLE


def test_redis_is_gone_and_answers_are_kept(own_cluster):
    cookies = sign_in(own_cluster.folder, 10)
    own_cluster.redis.stop()
    assert answer_all(own_cluster, cookies) == [303] * 10
    assert len(rows(own_cluster)) == 10
