"""Finished today, as a number: who is counted, the smallest number shown, and when a day begins."""

import os
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from accounts.models import find
from courses import finished_today, progress
from courses.progress import Completion
from tests.helpers.app import make_sample_app
from tests.helpers.clients import WebClient
from web.db import db

LESSON = "/courses/web/basics/first"


@pytest.fixture
def site(tmp_path):
    return make_sample_app(tmp_path)


def finish(site, *usernames):
    for username in usernames:
        client = WebClient(site)
        client.sign_in(username)
        client.post(f"{LESSON}/completion", LESSON)


def choose(site, username, visibility):
    client = WebClient(site)
    client.sign_in(username)
    client.post("/account", "/account", form="presence", visibility=visibility)


def number(site, viewer="ada"):
    with site.app_context():
        return finished_today.finished_today("web", find(viewer))


def test_it_is_told_from_three_people_on_besides_the_viewer(site):
    finish(site, "ada", "grace", "alan")
    assert number(site) is None
    finish(site, "katherine")
    assert number(site) == 3


def test_hiding_later_or_coming_back_moves_no_number(site):
    finish(site, "grace", "alan", "katherine", "hedy")
    assert number(site) == 3
    choose(site, "hedy", "everyone")
    assert number(site) == 3
    for visibility in ("hidden", "anonymous", "everyone"):
        choose(site, "grace", visibility)
        assert number(site) == 3


def test_an_anonymous_person_is_a_number(site):
    finish(site, "grace", "alan", "tim")
    assert number(site) == 3


@pytest.fixture
def in_berlin():
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 3, 29, 10, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (datetime(2026, 10, 25, 10, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 7, 1, 22, tzinfo=UTC)),
    ],
)
def test_a_day_begins_with_its_local_date_also_when_the_hour_changes(in_berlin, now, midnight):
    assert finished_today._midnight(now) == midnight


def test_what_was_finished_yesterday_is_not_counted(site):
    finish(site, "grace", "alan", "katherine")
    with site.app_context():
        for row in db.session.scalars(db.select(Completion)):
            row.completed_at = finished_today._midnight(progress.now()).replace(microsecond=1)
        db.session.commit()
    assert number(site) == 3
    with site.app_context():
        row = db.session.scalar(db.select(Completion))
        row.completed_at = datetime(2026, 1, 1, tzinfo=UTC)
        db.session.commit()
    assert number(site) is None


def test_old_completions_are_not_read_to_count_those_of_today(site):
    asked = []
    with site.app_context():
        event.listen(db.engine, "checkout", lambda connection, *_: connection.set_trace_callback(asked.append))
        finished_today.finished_today("web", find("ada"))
        (query,) = [sql for sql in asked if "completed_at >=" in sql]
        plan = db.session.execute(db.text(f"EXPLAIN QUERY PLAN {query}".replace(":", "\\:"))).all()
    assert all("completed_at>" in step.detail for step in plan if "completions" in step.detail), plan
