"""Finished lessons come back to be recalled, on days that follow from when they were finished."""

from datetime import date, timedelta

import pytest

from accounts.models import find, now
from courses import progress, review
from tests.helpers.app import make_sample_app
from tests.helpers.clients import WebClient, words
from web.db import db

TODAY = date(2026, 3, 20)
FIRST = "web/basics/first"


@pytest.mark.parametrize(
    ("age", "is_due"),
    [(0, False), (1, True), (2, False), (3, True), (4, True), (5, False), (6, False), (7, True), (9, True), (10, False),
     (15, False), (16, True), (21, True), (22, False), (35, True), (46, True), (47, False), (400, False), (-1, False)],
)  # fmt: skip
def test_a_lesson_comes_back_after_growing_gaps_and_stays_for_a_third_of_them(age, is_due):
    assert (review.due({"a": TODAY - timedelta(age)}, TODAY) == ["a"]) == is_due


def test_the_oldest_come_first_and_no_more_than_one_sits_down_to():
    finished = {f"l{age}-{n}": TODAY - timedelta(age) for age in (1, 7, 35) for n in range(3)}
    assert review.due(finished, TODAY) == ["l35-0", "l35-1", "l35-2", "l7-0", "l7-1"]


@pytest.fixture
def ada(tmp_path):
    site = make_sample_app(tmp_path)
    ada = WebClient(site)
    ada.sign_in("ada")
    return ada


def finish(site, days_ago, place=FIRST):
    with site.app_context():
        user = find("ada")
        db.session.add(progress.Completion(user_id=user.id, place=place, completed_at=now() - timedelta(days_ago)))
        db.session.commit()


def test_the_catalog_leads_to_the_exercise_of_what_is_due(ada):
    finish(ada.site, 3)
    page = ada.get("/")
    assert "1 lesson to recall today" in words(page)
    assert f'href="/courses/{FIRST}#exercise"' in page.text


def test_nothing_is_shown_when_nothing_is_due_and_nothing_to_guests(ada):
    finish(ada.site, 2)
    assert "recall today" not in ada.get("/").text
    finish(ada.site, 3, "web/basics/second")
    assert "recall today" not in WebClient(ada.site).get("/").text


def test_a_lesson_that_is_gone_does_not_come_back(ada):
    finish(ada.site, 3, "web/basics/gone")
    assert "recall today" not in ada.get("/").text


def test_it_can_be_switched_off_on_the_account_page(ada):
    assert 'data-setting="review"' in ada.get("/account").text
    finish(ada.site, 3)
    assert 'data-shown-by="review"' in ada.get("/").text
