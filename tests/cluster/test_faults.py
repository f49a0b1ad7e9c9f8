"""Processes that die or stand still, and a Redis that does: pages go on, and people are soon right again."""

import signal
import time

import pytest

from tests.cluster.harness import NEAR, Cluster, Learner, await_, sign_in


@pytest.fixture(scope="module")
def watcher(cluster):
    """Ada, at the first process."""
    watcher = watch(cluster, 0)
    yield watcher
    watcher.close()


@pytest.fixture(scope="module")
def learners(cluster, watcher):
    """Nine learners at the second process."""
    learners = [Learner([cluster.sites[1].url], cookie, NEAR) for cookie in sign_in(cluster.folder, 9)]
    for learner in learners:
        learner.start()
    await_(lambda: all(learner.socket for learner in learners) and total(watcher) == 10, 20)
    yield learners
    for learner in learners:
        learner.close()


def watch(cluster, number: int, place: str = NEAR) -> Learner:
    browser = cluster.sites[number].browser("ada")
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    watcher = Learner([cluster.sites[number].url], cookie, place)
    watcher.browser, watcher.site = browser, cluster.sites[number]
    watcher.start()
    return watcher


def total(watcher) -> int:
    states = watcher.browser.get(f"{watcher.site.url}/presence?place=", timeout=10).json()
    return states["states"][0]["total"]


def settle(cluster, watcher, people: int, seconds: float) -> None:
    """Everyone is where they should be, everywhere, once."""
    states = cluster.await_agreement(watcher.browser, seconds, total=people)
    assert len(states["realtime/talking"]["people"]) == people
    assert all(len(person["places"]) == 1 for person in states["realtime/talking"]["people"])


def test_people_of_a_killed_process_leave_within_ten_seconds(cluster, watcher, learners):
    watcher.left.clear()
    cluster.sites[1].process.kill()
    await_(lambda: total(watcher) == 1, 10)
    assert len(set(watcher.left)) == len(learners)
    cluster.restart(1)
    await_(lambda: total(watcher) == 10, 10)
    settle(cluster, watcher, 10, 2)


def test_who_reconnects_elsewhere_never_flickers(cluster, watcher, learners):
    watcher.left.clear()
    for learner in learners:
        learner.urls = [cluster.sites[2].url]
    cluster.sites[1].process.kill()
    time.sleep(10)
    assert not watcher.left
    settle(cluster, watcher, 10, 1)
    cluster.restart(1)
    assert not watcher.left
    settle(cluster, watcher, 10, 1)


def test_a_process_that_stood_still_for_half_a_minute_is_right_again(cluster, watcher, learners):
    stopped = cluster.sites[2].process
    stopped.send_signal(signal.SIGSTOP)
    await_(lambda: total(watcher) == 1, 10)
    time.sleep(24)
    stopped.send_signal(signal.SIGCONT)
    await_(lambda: total(watcher) == 10, 10)
    settle(cluster, watcher, 10, 5)


def test_redis_that_comes_back_empty(cluster, watcher, learners):
    watcher.left.clear()
    cluster.redis.stop(signal.SIGKILL)
    await_(lambda: watcher.paused, 3)
    pages_work(cluster)
    assert total(watcher) == 10
    cluster.restart_redis()
    await_(lambda: not watcher.paused, 5)
    settle(cluster, watcher, 10, 5)
    time.sleep(5)
    settle(cluster, watcher, 10, 1)
    assert not watcher.left


def test_redis_that_stands_still(cluster, watcher, learners):
    cluster.redis.process.send_signal(signal.SIGSTOP)
    try:
        await_(lambda: watcher.paused, 5)
        pages_work(cluster)
        learners[0].close()
        newcomer = Learner([cluster.sites[2].url], learners[0].cookie, "company")
        # Half a minute in all.
        time.sleep(26)
        newcomer.start()
        await_(lambda: newcomer.paused, 5)
        assert total(watcher) == 10
    finally:
        cluster.redis.process.send_signal(signal.SIGCONT)
    await_(lambda: not watcher.paused, 5)
    states = cluster.await_agreement(watcher.browser, 5, total=10)
    assert states["realtime/talking"]["total"] == 9
    newcomer.close()


def test_redis_that_cannot_be_reached_at_the_start(tmp_path):
    alone = Cluster(tmp_path, skewed=(0, 0), redis=False)
    try:
        watchers = [watch(alone, number) for number in range(2)]
        await_(lambda: all(watcher.paused for watcher in watchers), 5)
        pages_work(alone)
        alone.restart_redis()
        await_(lambda: not any(watcher.paused for watcher in watchers), 5)
        states = alone.await_agreement(watchers[0].browser, 5, total=1)
        assert abs(states[""]["people"][0]["since"] - time.time()) < 60
    finally:
        alone.stop()


def pages_work(cluster) -> None:
    """Pages, sign-in and progress, on every process, without delay and without an error."""
    for site in cluster.sites:
        started = time.monotonic()
        browser = site.browser("grace")
        lesson = f"{site.url}/courses/{NEAR}"
        assert browser.get(lesson, timeout=10).status_code == 200
        token = site.token(browser, "/account")
        for undo in ({}, {"undo": "1"}):
            answer = browser.post(f"{lesson}/completion", data={"csrf_token": token, **undo}, timeout=10)
            assert answer.status_code in (200, 303)
        assert browser.get(f"{site.url}/healthz", timeout=10).json() == {"status": "ok"}
        assert browser.get(f"{site.url}/healthz/ready", timeout=10).json() == {"status": "ready", "presence": "paused"}
        assert time.monotonic() - started < 5
        assert "Traceback" not in site.log
