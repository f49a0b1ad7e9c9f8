"""The list of people: reached by one Tab, moved through by arrows, calm while someone reads it."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page
from tests.browser.test_meeting import LESSON, NEXT, choose, face, live

FOCUS = "[document.activeElement.dataset.slot, document.activeElement.closest('.person')?.dataset.key]"
ORDER = "[...document.querySelectorAll('.beside .person[data-key]')].map((row) => row.dataset.key)"


@pytest.fixture(autouse=True)
def _no_one_is_left(running):
    """The people of the test before have left, those kept by a grace included."""
    hedy = running.browser("hedy")
    while hedy.get(f"{running.url}/presence?place=", timeout=10).json()["states"][0]["total"]:
        time.sleep(0.2)


def opened(page):
    page.locator("[data-bubble]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#people:popover-open")).to_be_visible()
    return page


def test_the_list_is_one_stop_and_arrows_move_inside(visit):
    visit("grace", NEXT), visit("alan", NEXT)
    ada = live(visit("ada", LESSON))
    expect(face(ada, "Grace", "next door")).to_be_visible()
    expect(face(ada, "Alan", "next door")).to_be_visible()
    opened(ada)
    ada.keyboard.press("Tab")
    expect(ada.locator("#people button").first).to_be_focused()
    for button in ada.locator("#people [data-say]").all():
        ada.keyboard.press("Tab")
        expect(button).to_be_focused()
    ada.keyboard.press("Tab")
    first = ada.evaluate(FOCUS)
    ada.keyboard.press("ArrowDown")
    second = ada.evaluate(FOCUS)
    assert [first[0], second[0]] == ["place", "place"]
    assert first[1] != second[1]
    ada.keyboard.press("Home")
    assert ada.evaluate(FOCUS) == first
    ada.keyboard.press("End")
    assert ada.evaluate(FOCUS) == second
    ada.keyboard.press("Tab")
    assert not ada.evaluate("document.activeElement.closest('[data-roving]')")


def test_the_list_can_be_reached_when_its_one_stop_has_left_and_focus_follows_a_moving_person(visit, running):
    ada = live(visit("ada", LESSON))
    browsers = {name: running.browser(name) for name in ("grace", "alan")}
    grace, alan = (running.socket(browser, NEXT.removeprefix("/courses/")) for browser in browsers.values())
    expect(face(ada, "Alan", "next door")).to_be_visible()
    stops = ada.locator('.beside [data-roving] [tabindex="0"]:visible')
    expect(stops).to_have_count(1)
    first = stops.first.evaluate("(stop) => stop.closest('.person').innerText")
    gone, stays = ("grace", alan) if "Grace" in first else ("alan", grace)
    running.sign_out(browsers[gone])
    expect(face(ada, gone.title())).to_have_count(0)
    expect(stops).to_have_count(1)
    stops.first.focus()
    stays.call("enter", {"place": "company/together/quiet"})
    name = "Alan" if gone == "grace" else "Grace"
    expect(face(ada, name, "same course")).to_be_visible()
    assert name in ada.evaluate("document.activeElement.closest('.person').innerText")
    grace.close(), alan.close()


def test_the_key_for_people_puts_one_into_the_list_and_escape_back(visit):
    ada = live(visit("ada", LESSON))
    ada.locator(".step[rel=next]").focus()
    ada.keyboard.press("p")
    expect(ada.locator("#people:popover-open")).to_be_visible()
    assert ada.evaluate("document.getElementById('people').contains(document.activeElement)")
    ada.keyboard.press("Escape")
    expect(ada.locator("#people:popover-open")).to_have_count(0)
    expect(ada.locator(".step[rel=next]")).to_be_focused()


def test_escape_closes_the_list_and_focus_returns(visit):
    ada = opened(live(visit("ada", LESSON)))
    ada.keyboard.press("Tab")
    ada.keyboard.press("Escape")
    expect(ada.locator("#people:popover-open")).to_have_count(0)
    expect(ada.locator("[data-bubble]")).to_be_focused()
    expect(face(ada, "Ada", "same lesson")).to_be_visible()
    ada.set_viewport_size({"width": 390, "height": 844})
    expect(face(ada, "Ada", "same lesson")).to_be_hidden()


def test_names_and_places_show_on_focus_and_escape_puts_them_away(visit):
    visit("grace", NEXT)
    ada = live(visit("ada", LESSON))
    expect(face(ada, "Grace", "next door")).to_be_visible()
    ada.locator(".help-button").focus()
    ada.keyboard.press("Shift+Tab")
    tip = ada.locator("[data-bubble] .tip")
    expect(tip).to_contain_text("Ada, on this lesson")
    expect(tip).to_contain_text("Grace, ")
    assert tip.bounding_box()["height"] > 30
    ada.keyboard.press("Escape")
    assert tip.bounding_box()["height"] <= 1
    ada.mouse.move(300, 300)
    ada.locator("[data-bubble]").hover()
    expect(tip).to_be_in_viewport()


def test_a_list_that_is_read_does_not_reorder(visit, running):
    ada = live(visit("ada", LESSON))
    grace, alan = (
        running.socket(running.browser(name), LESSON.removeprefix("/courses/")) for name in ("grace", "alan")
    )
    expect(face(ada, "Alan", "same lesson")).to_be_visible()
    ada.locator(".beside .group[data-closeness='same lesson']").hover()
    before = ada.evaluate(ORDER)
    # Away is after active in the order of all lists.
    second, name = (grace, "Grace") if "Grace" in ada.locator(".beside .person").nth(1).inner_text() else (alan, "Alan")
    second.call("activity", {"status": "away"})
    expect(face(ada, name).locator("small")).to_have_text("away")
    assert ada.evaluate(ORDER) == before
    ada.mouse.move(5, 5)
    visit("dennis", LESSON)
    expect(face(ada, "Dennis")).to_be_visible()
    assert ada.evaluate(ORDER)[-1] == before[1]
    grace.close(), alan.close()


def test_a_person_who_leaves_is_an_empty_shape_that_says_so(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(ada, "Grace")).to_be_visible()
    grace.close()
    shape = ada.locator(".beside .person[data-left]")
    expect(shape).to_have_text("left just now")
    assert "Grace" not in ada.content()


@pytest.mark.parametrize("visibility", ["anonymous", "hidden"])
def test_a_user_who_hides_leaves_neither_name_nor_face(visit, running, visibility):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(ada, "Grace")).to_be_visible()
    account = open_page(running, grace.context, "grace", "/account")
    choose(account, visibility)
    expect(face(ada, "Grace")).to_have_count(0, timeout=3500)
    assert "Grace" not in ada.content()
    assert "grace" not in ada.content()
    if visibility == "anonymous":
        # The number says that no one left, so no words say it.
        expect(ada.locator(".person[data-left]")).to_have_count(0, timeout=3500)
    choose(account, "everyone")


def test_one_sentence_says_who_comes_and_the_next_waits_ten_seconds(visit):
    ada = live(visit("ada", LESSON))
    region = ada.locator("[data-aloud]")
    live(visit("grace", LESSON))
    expect(region).to_have_text("Grace is on this lesson now.")
    live(visit("alan", LESSON))
    expect(face(ada, "Alan")).to_be_visible()
    expect(region).to_have_text("Grace is on this lesson now.")
    expect(region).to_have_text("Alan is on this lesson now.")


def test_the_sentences_can_be_turned_off(visit):
    ada = live(visit("ada", LESSON))
    opened(ada).locator("[data-setting=announcements]").uncheck()
    live(visit("grace", LESSON))
    expect(face(ada, "Grace")).to_be_visible()
    ada.wait_for_timeout(1000)
    expect(ada.locator("[data-aloud]")).to_have_text("")


def test_a_newcomer_slides_in_and_nothing_pulses(visit):
    ada = live(visit("ada", LESSON))
    still = live(visit("alan", LESSON, reduced_motion="reduce"))
    expect(face(ada, "Alan")).to_be_visible()
    ada.wait_for_function("() => document.getAnimations().length === 0")
    ada.evaluate("""() => { window.moved = []; document.addEventListener('animationstart',
        (event) => window.moved.push(event.animationName)); }""")
    visit("grace", LESSON)
    expect(face(ada, "Grace")).to_be_visible()
    ada.wait_for_timeout(600)
    assert ada.evaluate("window.moved") == ["arrive"]
    assert ada.evaluate("document.getAnimations().length") == 0
    assert still.evaluate("getComputedStyle(document.querySelector('.person')).animationDuration") in ("0.001s", "0s")
