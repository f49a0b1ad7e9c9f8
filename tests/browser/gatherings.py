"""Running sites with people in them, for photographs and tests: some company, no one else, a crowd."""

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import socketio

from tests.browser.crowd import CrowdedSite
from tests.browser.shared_lesson import PLACE, SharedLesson
from tests.browser.states import LESSON, POLL
from tests.helpers.server import RunningSite

# Grace has lessons to recall, and Alan and Katherine are reading one of theirs.
FINISHED_YESTERDAY = {
    "grace": ("talking/requests", "talking/handshake", "present/tabs"),
    "alan": ("present/tabs",),
    "katherine": ("present/leaving",),
}


def answer_poll(site: RunningSite, username: str, option: str) -> None:
    browser = site.browser(username)
    form = {"csrf_token": site.token(browser, POLL), "option": option}
    assert browser.post(f"{site.url}{POLL}/polls/after-a-gap", data=form, timeout=10).status_code == 200


def finish(site: RunningSite, username: str, *lessons: str) -> None:
    browser = site.browser(username)
    for lesson in lessons:
        form = {"csrf_token": site.token(browser, lesson)}
        assert browser.post(f"{site.url}{lesson}/completion", data=form, timeout=10).ok


def finish_yesterday(site: RunningSite, folder: Path) -> None:
    for username, lessons in FINISHED_YESTERDAY.items():
        finish(site, username, *(f"/courses/realtime/{lesson}" for lesson in lessons))
    with closing(sqlite3.connect(folder / "site.db", timeout=10)) as database, database:
        database.execute("UPDATE completions SET completed_at = datetime(completed_at, '-1 day')")


@contextmanager
def company():
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(folder)
        for username, option in (("katherine", "2"), ("dennis", "2"), ("barbara", "1")):
            answer_poll(site, username, option)
        finish_yesterday(site, Path(folder))
        clients = meet(site)
        clients += [arrive(site, name, PLACE) for name in ("barbara", "dennis")]
        shared = SharedLesson(clients[-2:])
        try:
            yield site
        finally:
            shared.stop()
            for client in clients:
                client.disconnect()
            site.stop()


@contextmanager
def alone():
    """No one is here, but three people finished the lesson today."""
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(folder)
        for name in ("grace", "alan", "katherine"):
            finish(site, name, LESSON)
        try:
            yield site
        finally:
            site.stop()


@contextmanager
def crowd():
    with tempfile.TemporaryDirectory() as folder:
        site = CrowdedSite(folder)
        try:
            yield site
        finally:
            site.stop()


def meet(site: RunningSite) -> list:
    """Company for the photographs: the sample users, on and around the lesson."""
    lesson = LESSON.removeprefix("/courses/")
    catalog = site.browser().get(f"{site.url}/courses/places.json", timeout=10).json()
    lessons = [place for place in catalog if place.startswith("realtime/") and place.count("/") == 2]
    here = lessons.index(lesson)
    places = {"grace": 0, "alan": 0, "katherine": 1, "dennis": -1, "margaret": -here}
    clients = [arrive(site, name, lessons[(here + steps) % len(lessons)]) for name, steps in places.items()]
    clients[2].call("activity", {"status": "away"})
    return clients


def arrive(site: RunningSite, name: str, place: str) -> socketio.Client:
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.browser(name).cookies)
    client = socketio.Client()
    client.connect(site.url, headers={"Cookie": cookie}, transports=["websocket"])
    client.call("enter", {"place": place})
    return client


GATHERINGS = {"company": company, "alone": alone, "crowd": crowd}
