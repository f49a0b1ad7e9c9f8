"""The instructor's map in a real browser: it follows the class by itself, and shows no one who is out of sight."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.conftest import WIDE
from tests.browser.gatherings import arrive
from tests.browser.test_axe import PHONE

COURSE = "/class/company"
LESSON, NEXT = "company/keeping/spacing", "company/keeping/mixing"


def seat(page, name, place):
    return page.locator(f'[data-spot="{place}"] .seat', has_text=name)


def live(page):
    expect(page.locator("body")).to_have_attribute("data-presence-state", "live")
    return page


def size(page, place):
    return page.locator(f'[data-spot="{place}"] [data-slot=spot-size]')


def test_the_map_follows_who_comes_moves_rests_and_goes_out_of_sight(visit, running):
    page = live(visit("margaret", COURSE))
    ada = arrive(running, "ada", LESSON)
    expect(seat(page, "Ada", LESSON)).to_be_visible()
    expect(page.locator("[data-stays] .stay", has_text="Ada")).to_be_visible()
    ada.call("activity", {"status": "away"})
    expect(seat(page, "Ada", LESSON)).to_have_attribute("data-status", "away")
    ada.call("enter", {"place": NEXT})
    expect(seat(page, "Ada", NEXT)).to_be_visible()
    expect(seat(page, "Ada", LESSON)).to_have_count(0)
    choose(running, "ada", "anonymous")
    expect(seat(page, "Ada", NEXT)).to_have_count(0, timeout=3500)
    expect(size(page, NEXT)).to_have_text("1")
    expect(page.locator("main")).not_to_contain_text("Ada")
    choose(running, "ada", "everyone")
    ada.disconnect()
    assert len(page.sockets) == 1
    assert not page.complaints


def choose(running, username, visibility):
    browser = running.browser(username)
    form = {"form": "presence", "visibility": visibility, "csrf_token": running.token(browser, "/account")}
    answer = browser.post(f"{running.url}/account", data=form, allow_redirects=False, timeout=10)
    assert answer.status_code == 303


def test_it_goes_on_when_one_comes_from_another_page_and_comes_back(visit, running):
    page = live(visit("margaret", "/"))
    page.evaluate("window.unchanged = true")
    page.locator(".account-button").click()
    page.get_by_role("link", name="The class").click()
    page.locator(f'.card-title a[href="{COURSE}"]').click()
    expect(page.locator("[data-classroom]")).to_be_visible()
    katherine = arrive(running, "katherine", LESSON)
    expect(seat(page, "Katherine", LESSON)).to_be_visible()
    page.locator(f'[data-spot="{LESSON}"] .spot-title').click()
    expect(page.locator(".lesson")).to_be_visible()
    katherine.call("enter", {"place": NEXT})
    page.go_back()
    expect(seat(page, "Katherine", NEXT)).to_be_visible()
    expect(seat(page, "Katherine", LESSON)).to_have_count(0)
    assert page.evaluate("window.unchanged")
    assert not page.complaints
    katherine.disconnect()


def test_the_first_paint_needs_no_script(visit, running):
    grace = arrive(running, "grace", LESSON)
    page = visit("margaret", COURSE, java_script_enabled=False)
    expect(seat(page, "Grace", LESSON)).to_be_visible()
    expect(page.locator("[data-stays] .stay", has_text="Grace")).to_be_visible()
    expect(page.locator(".plot-shape").first).to_be_visible()
    grace.disconnect()


@pytest.mark.parametrize("path", [COURSE, f"{COURSE}?size=large", "/class", "/class/system"])
def test_axe_finds_nothing(visit, running, path):
    alan = arrive(running, "alan", LESSON)
    alan.call("activity", {"status": "away"})
    page = live(visit("margaret", path))
    page.wait_for_timeout(500)
    for summary in page.locator("summary:visible").all():
        summary.click()
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    alan.disconnect()
