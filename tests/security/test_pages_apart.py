"""Pages are put together from remembered fragments: no page holds anything of another user's, nor of an earlier one."""

import re

import pytest

from tests.helpers.clients import TOKEN, post, without_tokens


@pytest.fixture
def lesson(site):
    return site.lessons[0]


def page(browser, lesson):
    return browser.get(f"/courses/{lesson}").text


def named(text):
    """The rows of people: name, and the mark beside it."""
    rows = re.findall(r'<li class="person" data-key="\w+".*?</li>', text, re.S)
    return {
        re.search(r'data-slot="name">([^<]*)', row)[1]: re.search(r'data-mark="(\w*)"', row)[1]
        if "data-mark" in row
        else ""
        for row in rows
    }


def test_each_is_marked_as_oneself_only_on_ones_own_page(site, lesson):
    ada, grace = site.browser("ada"), site.browser("grace")
    site.tab(ada, lesson), site.tab(grace, lesson)
    site.advance(1)
    for _ in range(2):
        assert named(page(ada, lesson)) == {"Ada": "you", "Grace": ""}
        assert named(page(grace, lesson)) == {"Ada": "", "Grace": "you"}
        assert named(page(site.browser(), lesson)) == {}


def test_a_guest_gets_no_name_however_often_the_lesson_was_shown_to_others(site, lesson):
    ada = site.browser("ada")
    site.tab(ada, lesson)
    site.advance(1)
    assert "Ada" in page(ada, lesson)
    assert "Ada" not in without_tokens(page(site.browser(), lesson))
    assert "ada.svg" not in page(site.browser(), lesson)


@pytest.mark.parametrize("visibility", ["anonymous", "hidden"])
def test_a_row_that_was_shown_is_gone_with_the_choice_and_back_with_it(site, lesson, visibility):
    ada, grace = site.browser("ada"), site.browser("grace")
    site.tab(ada, lesson)
    site.advance(1)
    assert "Ada" in named(page(grace, lesson))
    site.choose_visibility(ada, visibility)
    site.advance(1)
    for browser in (grace, site.browser("alan"), site.browser()):
        assert "Ada" not in without_tokens(page(browser, lesson))
        assert "ada.svg" not in page(browser, lesson)
    site.choose_visibility(ada, "everyone")
    site.advance(1)
    assert "Ada" in named(page(grace, lesson))


def test_a_form_token_and_progress_are_the_readers_own(site, lesson):
    ada, grace = site.browser("ada"), site.browser("grace")
    tokens = {TOKEN.search(page(browser, lesson))[1] for browser in (ada, grace, ada)}
    assert len(tokens) >= 2
    post_done(ada, lesson)
    for _ in range(2):
        assert "Mark as not done" in page(ada, lesson)
        assert "1 of" in page(ada, lesson)
        assert "Mark as not done" not in page(grace, lesson)
        assert "0 of" in page(grace, lesson)
        assert "data-done" not in page(grace, lesson)
        assert "data-done" not in page(site.browser(), lesson)


def test_a_new_name_replaces_the_old_one_at_once(site, lesson):
    ada, grace = site.browser("ada"), site.browser("grace")
    site.tab(ada, lesson)
    site.advance(1)
    assert "Ada" in named(page(grace, lesson))
    assert post(ada, "/account", form="profile", name="Augusta").status_code == 303
    site.advance(1)
    assert named(page(grace, lesson)).keys() == {"Augusta", "Grace"}


def post_done(browser, lesson):
    token = TOKEN.search(page(browser, lesson))[1]
    assert browser.post(f"/courses/{lesson}/completion", data={"csrf_token": token}).status_code == 303
