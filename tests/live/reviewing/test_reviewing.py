""" "2 others are reviewing": a true number, of people who are visible, and never of a single one."""

import re
from datetime import timedelta

import pytest

from accounts.models import find, now
from courses.progress import Completion
from tests.helpers.clients import words
from web.db import db


@pytest.fixture
def finished(site):
    """Notes that users finished the first lesson some days ago."""

    def note(*usernames, days=3, counted=True):
        with site.app.app_context():
            for name in usernames:
                at = now() - timedelta(days)
                row = Completion(user_id=find(name).id, place=site.lessons[0], completed_at=at, counted=counted)
                db.session.add(row)
            db.session.commit()

    return note


@pytest.fixture
def seen_by_ada(site, finished):
    finished("ada")
    browser = site.browser("ada")

    def number():
        site.advance(1)
        found = re.search(r"to recall today ?(.*?) ?Before you open", words(browser.get("/")))
        return found[1]

    return number


def test_others_who_have_open_what_they_are_to_recall_are_counted(site, finished, seen_by_ada):
    finished("grace", "alan", "dennis")
    site.tab("grace", site.lessons[0])
    dennis = site.tab("dennis", site.lessons[1])
    assert seen_by_ada() == ""
    site.tab("alan", site.lessons[0])
    assert seen_by_ada() == ", 2 others are reviewing"
    dennis.emit("enter", {"place": site.lessons[0]})
    assert seen_by_ada() == ", 3 others are reviewing"


def test_one_is_not_among_the_others(site, finished, seen_by_ada):
    finished("grace")
    site.tab("ada", site.lessons[0])
    site.tab("grace", site.lessons[0])
    assert seen_by_ada() == ""


def test_a_lesson_that_is_not_due_does_not_count(site, finished, seen_by_ada):
    finished("grace", days=3)
    finished("alan", days=2)
    for name in ("grace", "alan"):
        site.tab(name, site.lessons[0])
    assert seen_by_ada() == ""


@pytest.mark.parametrize("username", ["tim", "hedy"])
def test_who_is_not_visible_is_not_in_the_number(site, finished, seen_by_ada, username):
    finished("grace", username)
    for name in ("grace", username):
        site.tab(name, site.lessons[0])
    assert seen_by_ada() == ""


def test_what_someone_finished_while_hidden_stays_unknown(site, finished, seen_by_ada):
    finished("grace")
    finished("alan", counted=False)
    for name in ("grace", "alan"):
        site.tab(name, site.lessons[0])
    assert seen_by_ada() == ""


def test_hiding_takes_one_out_at_once(site, finished, seen_by_ada):
    finished("grace", "alan")
    browser = site.browser("alan")
    site.tab("grace", site.lessons[0])
    site.tab(browser, site.lessons[0])
    assert seen_by_ada() == ", 2 others are reviewing"
    site.choose_visibility(browser, "hidden")
    assert seen_by_ada() == ""
