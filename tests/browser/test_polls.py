"""Polls in real browsers: an answer here moves a bar there; by keyboard, in rounds, offline, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.test_meeting import live

GAPS = "/courses/realtime/changes/gaps"
TICKS = "/courses/realtime/changes/ticks"
UNSEEN = "/courses/realtime/care/unseen"
TABS = "/courses/realtime/present/tabs"
RECALL = "/courses/company/keeping/recall"
QUIET = "/courses/company/together/quiet"
PHONE = {"width": 390, "height": 844}


def card(page):
    return page.locator("[data-poll]")


def answer(page, option):
    page.locator(f'[data-poll] input[value="{option}"]').check()
    page.locator("[data-poll-form] button").click()
    expect(card(page).locator('[data-slot="result"]')).to_be_visible()


def answer_by_form(running, username, lesson, poll, option):
    browser = running.browser(username)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(running.url + lesson).text)[1]
    url = f"{running.url}{lesson}/polls/{poll}"
    assert browser.post(url, data={"csrf_token": token, "option": option}).status_code == 200


def test_an_answer_in_one_browser_moves_the_bar_in_another(running, visit):
    ada, grace = live(visit("ada", GAPS)), live(visit("grace", GAPS))
    expect(card(grace)).to_contain_text("No one has answered yet.")
    answer(ada, "2")
    expect(card(grace)).to_contain_text("1 person has answered.")
    expect(card(ada)).to_contain_text("Right. Results show once there are 3 answers.")
    expect(card(ada)).to_contain_text("already includes diff 6")
    assert "already includes diff 6" not in grace.content()
    for username, option in (("alan", "1"), ("katherine", "2"), ("dennis", "3")):
        answer_by_form(running, username, GAPS, "after-a-gap", option)
    bar = ada.locator('[data-option="2"]')
    expect(bar).to_contain_text("2 of 4, 50 %")
    assert bar.locator("progress").evaluate("bar => bar.value / bar.max") == 0.5
    expect(card(ada)).to_contain_text("Right. 2 of 4 chose the same.")
    answer(grace, "1")
    expect(card(grace)).to_contain_text("Not this one. 1 of 4 chose the same.")
    expect(card(grace)).to_contain_text("Your answer will be counted together with the next one.")
    expect(card(ada)).to_contain_text("4 of 5 answers are shown")
    for page in (ada, grace):
        assert problems(page) == []
        assert page.complaints == []


def test_a_poll_is_answered_by_keyboard_alone_and_the_result_has_the_focus(visit):
    ada = live(visit("ada", TICKS))
    ada.locator("[data-poll] [type=radio]").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Tab", "Enter"):
        ada.keyboard.press(key)
    result = card(ada).locator('[data-slot="result"]')
    expect(result).to_be_focused()
    expect(result).to_contain_text("Right.")
    expect(card(ada).locator("[data-right]")).to_contain_text("Nothing.")


def test_a_class_is_asked_twice_and_sees_numbers_only_when_they_are_shown(visit):
    margaret, *learners = (live(visit(name, UNSEEN)) for name in ("margaret", "ada", "grace", "alan"))
    margaret.get_by_role("button", name="Ask the class now").click()
    for turn, options in enumerate((("1", "1", "2"), ("2", "2", "2"))):
        for page, option in zip(learners, options, strict=True):
            expect(card(page)).to_contain_text("The class is being asked")
            answer(page, option)
            expect(card(page)).to_contain_text("Your answer is in.")
        expect(card(margaret)).to_contain_text("3 of 3 learners here have answered.")
        margaret.get_by_role("button", name="Close").click()
        expect(card(margaret)).to_contain_text(("2 of 3, 67 %", "3 of 3, 100 %")[turn])
        for page in learners:
            expect(card(page)).not_to_contain_text("The class is being asked")
            expect(card(page)).not_to_contain_text("%")
        if turn == 0:
            expect(card(margaret)).to_contain_text("Opinions are divided")
            assert problems(margaret) == []
            margaret.get_by_role("button", name="Ask again").click()
    margaret.get_by_role("button", name="Show the results").click()
    for page in learners:
        expect(card(page)).to_contain_text("Second round")
        expect(card(page).locator("[data-bars='1'] [data-option='2']")).to_contain_text("1 of 3, 33 %")
        expect(card(page).locator("[data-bars='2'] [data-option='2']")).to_contain_text("3 of 3, 100 %")
    assert problems(learners[0]) == []


def test_a_countdown_is_seen_to_run_and_closes_the_round(visit):
    margaret, ada = live(visit("margaret", TABS)), live(visit("ada", TABS))
    margaret.locator("[name=seconds]").select_option("30")
    margaret.get_by_role("button", name="Ask the class now").click()
    expect(card(ada)).to_contain_text("Closes in 30 seconds.")
    expect(card(ada)).to_contain_text("Closes in 20 seconds.")
    margaret.get_by_role("button", name="Close").click()
    expect(card(ada)).to_contain_text("This round is over.")


def joined(page):
    """The page, once the module of its polls has loaded and has joined its room."""
    for _ in range(200):
        if any("room_join" in frame and "polls" in frame for frame in page.sent):
            return page
        page.wait_for_timeout(50)
    raise AssertionError("The page has not joined the room of polls.")


def test_without_a_connection_nothing_is_sent_and_the_card_says_so(visit):
    ada = joined(live(visit("ada", QUIET)))
    ada.context.set_offline(True)
    ada.evaluate("dispatchEvent(new Event('offline'))")
    expect(card(ada)).to_contain_text("There is no connection right now.", timeout=30_000)
    expect(card(ada).locator("[data-poll-form] button")).to_be_disabled()
    ada.context.set_offline(False)
    expect(card(ada).locator("[data-poll-form] button")).to_be_enabled()
    answer(ada, "alone")


def test_a_page_that_is_left_and_come_back_to_answers_once(visit):
    ada = live(visit("ada", RECALL))
    ada.locator(".step[rel=next]").click()
    ada.wait_for_url("**/spacing")
    ada.go_back()
    ada.wait_for_url("**/recall")
    live(ada)
    answer(ada, "writers")
    assert sum('"answer"' in frame for frame in ada.sent) == 1
    expect(card(ada)).to_contain_text("Not this one.")
    assert ada.complaints == []


def test_without_javascript_a_form_does_the_same(visit):
    grace = visit("grace", RECALL, java_script_enabled=False)
    grace.locator('[data-poll] input[value="readers"]').check()
    grace.locator("[data-poll-form] button").click()
    expect(card(grace)).to_contain_text("Right.")
    expect(card(grace)).to_contain_text("A week later it is the other way round")
    assert grace.url.endswith("#poll-five-minutes")


@pytest.mark.parametrize("username", ["hedy", None])
def test_the_card_of_a_hidden_person_and_of_a_guest(visit, username):
    page = visit(username, GAPS, viewport=PHONE)
    if username:
        live(page)
        expect(card(page)).to_contain_text("Only you see your answer, because you're hidden.")
    else:
        expect(card(page)).to_contain_text("Sign in to answer")
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
