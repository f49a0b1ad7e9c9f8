"""axe-core finds nothing: on any page, signed in and out, light and dark, with the panels open and closed."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.states import leave_out_visibility, open_search
from tests.browser.test_meeting import LESSON, NEXT, live

PHONE = {"width": 390, "height": 844}
COURSE = "/courses/realtime"
CODE = "/courses/realtime/present/tabs"
GUEST = ["/", COURSE, CODE, "/login", "/signup", "/nowhere", "/source/presence/transport/rate_limit.py"]
SIGNED_IN = ["/", COURSE, CODE, "/account"]
PAGES = [(None, path) for path in GUEST] + [("ada", path) for path in SIGNED_IN] + [("hedy", CODE), ("tim", CODE)]


@pytest.mark.parametrize(("username", "path"), PAGES)
def test_a_page(visit, username, path):
    page = visit(username, path)
    page.wait_for_timeout(300)
    assert problems(page) == []


def test_a_lesson_in_company_with_each_panel_open(visit):
    visit("grace", LESSON), live(visit("alan", NEXT))
    page = live(visit("ada", LESSON))
    page.wait_for_timeout(600)
    assert problems(page) == []
    for panel, opener in (("people", "[data-bubble]"), ("account-menu", ".account-button"), ("help", ".help-button")):
        page.locator(opener).click()
        expect(page.locator(f"#{panel}")).to_be_visible()
        assert problems(page, f"#{panel}") == [], panel
        page.keyboard.press("Escape")
    page.locator(".help-button").focus()
    page.keyboard.press("Shift+Tab")
    assert problems(page) == [], "names on focus"


def test_a_lesson_on_a_phone_with_its_drawers(visit):
    page = live_phone(visit("ada", LESSON, viewport=PHONE))
    for opener in (".contents-open", ".people-open"):
        page.locator(opener).click()
        page.wait_for_timeout(200)
        assert problems(page) == [], opener
        page.keyboard.press("Escape")


def test_the_shape_of_one_who_left(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    grace.close()
    expect(ada.locator(".beside .person[data-left]")).to_be_visible()
    ada.wait_for_timeout(1100)
    assert problems(ada) == []


def live_phone(page):
    expect(page.locator("body")).to_have_attribute("data-presence-state", "live")
    return page


def test_the_sign_up_page_with_its_messages(visit):
    page = visit(None, "/signup")
    leave_out_visibility(page)
    assert problems(page) == []


def test_the_search_with_results(visit):
    page = live(visit("ada", LESSON))
    open_search(page)
    expect(page.locator("#search a").first).to_be_visible()
    assert problems(page) == []
