"""Ada, who sees what the others do while processes and Redis fail, and what each process must still do then."""

import time

from tests.cluster.harness import NEAR, Learner


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
