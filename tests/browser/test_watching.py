"""Two people watch a video together in two real browsers."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.conftest import open_page
from tests.browser.films import DOUBLE
from tests.browser.latency import proxy
from tests.browser.test_meeting import choose, live
from tests.browser.watching import count_seeks, join, orders, pauses, plays, press, seeks, skew, watch

NEXT = ".step[rel=next]"
SAMPLES, SAMPLE_MS = 20, 250


@pytest.fixture
def running(films):
    return films


def test_who_plays_and_pauses_does_it_for_both_and_nothing_echoes(visit, lesson):
    ada, grace = watch(visit("ada", lesson)), watch(visit("grace", lesson))
    expect(ada.locator("[data-slot=watching-now]")).to_have_text("2 people are watching.")
    press(ada, "toggle")
    plays(ada), plays(grace)
    expect(grace.locator("[data-slot=line]")).to_have_text("Ada pressed play")
    grace.wait_for_timeout(1100)
    press(grace, "toggle")
    expect(ada.locator("[data-slot=line]")).to_have_text("Grace paused")
    pauses(ada).wait_for_timeout(500)
    positions = [page.evaluate("document.querySelector('video').currentTime") for page in (ada, grace)]
    assert positions[0] == pytest.approx(positions[1], abs=0.05)
    assert (len(orders(ada)), len(orders(grace))) == (1, 1)
    assert not ada.complaints + grace.complaints


def test_a_late_joiner_is_in_step_with_one_seek(visit, lesson):
    ada, grace = watch(visit("ada", lesson)), live(visit("grace", lesson))
    press(ada, "toggle")
    plays(ada).wait_for_timeout(3000)
    count_seeks(grace)
    grace.locator("[data-watch=join]").click()
    plays(grace).wait_for_timeout(1500)
    assert abs(skew(ada, grace)) <= 0.15
    assert seeks(grace) <= 1
    assert orders(grace) == []


@pytest.mark.alone
def test_one_with_300_ms_to_the_server_is_in_step_too(running, chromium, visit, lesson):
    """Joining late: within 150 ms in 3 s, by one seek at most. After that: 95 of 100 samples within 100 ms."""
    ada = watch(visit("ada", lesson))
    press(ada, "toggle")
    plays(ada).wait_for_timeout(2000)
    with proxy(running.port, 0.15) as far:
        context = chromium.new_context()
        jar = running.browser("grace").cookies
        context.add_cookies([{"name": one.name, "value": one.value, "url": far} for one in jar])
        grace = open_page(running, context, None, "about:blank")
        grace.goto(far + lesson)
        live(grace)
        count_seeks(grace)
        grace.locator("[data-watch=join]").click()
        grace.wait_for_timeout(3000)
        assert abs(skew(ada, grace)) <= 0.15
        skews = sorted(abs(skew(ada, grace)) for _ in range(SAMPLES) if not grace.wait_for_timeout(SAMPLE_MS))
        assert skews[int(0.95 * SAMPLES)] <= 0.1, skews
        assert seeks(grace) <= 1
        assert orders(grace) == []
        context.close()


def test_going_away_from_the_room_gives_the_player_back_where_it_stands(visit, lesson):
    ada = watch(visit("ada", lesson))
    press(ada, "forward")
    expect(ada.locator("[data-slot=time]")).to_have_text("0:10 / 1:34")
    # The time is the room's. The player goes there once it knows the server's clock.
    ada.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 10) < 0.1")
    assert not ada.evaluate("document.querySelector('video').controls")
    ada.locator("[data-watch=leave]").click()
    assert ada.evaluate("document.querySelector('video').controls")
    assert ada.evaluate("document.querySelector('video').currentTime") == pytest.approx(10, abs=0.1)
    expect(ada.locator("[data-watch=join]")).to_be_focused()


def test_of_two_videos_on_a_lesson_a_page_watches_one(visit):
    ada, grace = visit("ada", DOUBLE), visit("grace", DOUBLE)
    for page in (ada, grace):
        join(live(page).locator(".video").first)
    second = grace.locator(".video").nth(1)
    join(second)
    expect(grace.locator(".video").first).not_to_have_attribute("data-joined", "")
    press(second, "toggle")
    grace.wait_for_function("() => !document.querySelectorAll('video')[1].paused")
    press(ada.locator(".video").first, "toggle")
    plays(ada)
    assert grace.evaluate("document.querySelector('video').paused && document.querySelector('video').controls")
    expect(second.locator("[data-slot=watching-now]")).to_have_text("2 people are watching.")


def test_one_may_look_back_alone_and_return_to_the_others(visit, lesson):
    ada, grace = watch(visit("ada", lesson)), watch(visit("grace", lesson))
    press(ada, "toggle")
    plays(grace)
    grace.locator("[data-watch=apart]").click()
    grace.evaluate("document.querySelector('video').pause()")
    grace.wait_for_timeout(1000)
    assert not ada.evaluate("document.querySelector('video').paused")
    grace.locator("[data-watch=together]").click()
    plays(grace).wait_for_timeout(1500)
    assert abs(skew(ada, grace)) <= 0.25


def test_the_keys_work_while_the_player_has_the_focus_and_leave_the_site_alone(visit, lesson):
    ada = live(visit("ada", lesson))
    expect(ada.locator("[data-watch=join]")).to_be_enabled()
    ada.locator("[data-watch=join]").focus()
    ada.keyboard.press("Enter")
    expect(ada.locator("[data-control=toggle]")).to_be_focused()
    ada.keyboard.press("k")
    plays(ada).wait_for_timeout(1100)
    ada.keyboard.press("l")
    expect(ada.locator("[data-slot=line]")).to_contain_text("Ada jumped to 0:1")
    ada.keyboard.press("j")
    assert ada.url.endswith(lesson)


def test_a_chat_of_markup_stays_text_and_a_removed_line_says_so(visit, lesson):
    ada, margaret = watch(visit("ada", lesson)), watch(visit("margaret", lesson))
    ada.locator(".chat-form [name=words]").fill("<img src=x onerror=alert(1)> https://example.org")
    ada.keyboard.press("Enter")
    line = margaret.locator(".chat-line")
    expect(line.locator("[data-slot=words]")).to_have_text("<img src=x onerror=alert(1)> https://example.org")
    assert line.locator("a, img:not(.avatar > img)").count() == 0
    assert ada.evaluate("document.activeElement.name") == "words"
    line.locator("[data-line=remove]").click()
    expect(ada.locator(".chat-line")).to_contain_text("removed by an instructor")
    expect(ada.locator(".chat-line")).not_to_contain_text("Ada")


def test_an_instructor_who_leads_has_the_controls_alone(visit, lesson):
    ada, margaret = watch(visit("ada", lesson)), watch(visit("margaret", lesson))
    margaret.locator("[data-watch=lead]").click()
    expect(ada.locator("[data-slot=leader]")).to_have_text("Margaret is leading. Only they can control the video.")
    expect(ada.locator("[data-control=toggle]")).to_be_disabled()
    expect(margaret.locator("[data-control=toggle]")).to_be_enabled()
    margaret.close()
    expect(ada.locator("[data-control=toggle]")).to_be_enabled()


def test_one_who_hides_is_gone_from_the_room_with_all_their_lines(visit, lesson):
    alan, grace = watch(visit("alan", lesson)), watch(visit("grace", lesson))
    alan.locator(".chat-form [name=words]").fill("it was me")
    alan.keyboard.press("Enter")
    expect(grace.locator(".chat-line")).to_contain_text("it was me")
    account = alan.context.new_page()
    account.goto(alan.base + "/account")
    choose(account, "hidden")
    expect(grace.locator(".chat-line")).to_have_count(0)
    expect(grace.locator("[data-slot=watchers] .avatar")).to_have_count(1)
    assert "Alan" not in grace.locator(".video").inner_text()


def test_there_and_back_again_there_is_one_listener_and_the_browsers_own_player(visit, lesson):
    ada = watch(visit("ada", lesson))
    title = ada.locator("h1").inner_text()
    ada.locator(NEXT).click()
    ada.wait_for_url(lambda url: not url.endswith(lesson))
    ada.go_back()
    ada.wait_for_url("**" + lesson)
    # The next lesson has a video too, and the address changes before the page does.
    expect(ada.locator("h1")).to_have_text(title)
    live(ada)
    assert ada.evaluate("document.querySelector('video').controls")
    expect(ada.locator(".video [data-slot=broken]")).to_be_hidden()
    watch(ada)
    ada.sent.clear()
    press(ada, "toggle")
    plays(ada)
    assert len(orders(ada)) == 1


def test_axe_finds_nothing_in_the_room(visit, lesson):
    grace, margaret = watch(visit("grace", lesson)), watch(visit("margaret", lesson))
    grace.locator(".chat-form [name=words]").fill("hello")
    grace.keyboard.press("Enter")
    expect(margaret.locator(".chat-line")).to_have_count(1)
    assert problems(margaret) == []
