"""Reactions in real browsers: a press is seen by the others, by keyboard too; being lost leads to help."""

from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.test_meeting import live

GAPS = "/courses/realtime/changes/gaps"
TICKS = "/courses/realtime/changes/ticks"
CHAPTER = "why-numbers-are-not-enough"


def row(page, chapter=CHAPTER):
    return page.locator(f'[data-reactions="{chapter}"]')


def button(page, kind, chapter=CHAPTER):
    return row(page, chapter).locator(f'[data-kind="{kind}"]')


def test_a_press_is_seen_by_the_others_and_can_be_taken_back(visit):
    ada, grace = live(visit("ada", GAPS)), live(visit("grace", GAPS))
    button(ada, "clap").click()
    expect(button(ada, "clap")).to_have_attribute("aria-pressed", "true")
    expect(button(ada, "clap")).to_have_text("Clap1")
    expect(button(grace, "clap")).to_have_text("Clap1")
    expect(button(grace, "clap")).to_have_attribute("aria-pressed", "false")
    button(grace, "clap").click()
    expect(button(ada, "clap")).to_have_text("Clap2")
    assert problems(ada) == []
    button(ada, "clap").click()
    expect(button(grace, "clap")).to_have_text("Clap1")
    ada.reload()
    expect(button(ada, "clap")).to_have_text("Clap1")
    expect(button(ada, "clap")).to_have_attribute("aria-pressed", "false")
    assert ada.complaints == grace.complaints == []


def test_a_row_is_one_stop_of_the_tab_key(visit):
    ada = live(visit("ada", TICKS))
    chapter = "exercise"
    button(ada, "clap", chapter).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        ada.keyboard.press(key)
    expect(button(ada, "love", chapter)).to_have_attribute("aria-pressed", "true")
    expect(button(ada, "love", chapter)).to_be_focused()
    ada.keyboard.press("Tab")
    assert not ada.evaluate(f"document.activeElement.closest('[data-reactions=\"{chapter}\"]')")
    ada.keyboard.press("Shift+Tab")
    expect(button(ada, "love", chapter)).to_be_focused()


def test_who_is_lost_is_offered_help_and_two_are_marked_in_the_contents(visit):
    ada, grace = live(visit("ada", TICKS)), live(visit("grace", TICKS))
    chapter = "a-tick-that-stretches"
    button(ada, "lost", chapter).click()
    offer = ada.locator("[data-lost-offer]")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Stuck here").click()
    expect(ada.locator(".asking button[aria-pressed=true]").first).to_have_text("Stuck here")
    assert problems(ada) == []
    expect(button(grace, "lost", chapter)).to_have_text("Lost here")
    button(grace, "lost", chapter).click()
    expect(button(ada, "lost", chapter)).to_have_text("Lost here2")
    expect(ada.locator("[data-lost-chapters]")).to_contain_text("2 people were lost in “A tick that stretches”")
    button(ada, "lost", chapter).click()
    expect(offer).to_be_hidden()
    expect(ada.locator("[data-lost-chapters]")).not_to_contain_text("lost")


def test_without_javascript_a_form_does_the_same(visit):
    alan = visit("alan", GAPS, java_script_enabled=False)
    button(alan, "aha").click()
    assert alan.url.endswith(f"#{CHAPTER}")
    expect(button(alan, "aha")).to_have_attribute("aria-pressed", "true")
    button(alan, "aha").click()
    expect(button(alan, "aha")).to_have_attribute("aria-pressed", "false")


def test_what_someone_hidden_presses_moves_no_number(visit):
    hedy, ada = live(visit("hedy", GAPS)), live(visit("ada", GAPS))
    before = button(ada, "love").text_content()
    button(hedy, "love").click()
    expect(button(hedy, "love")).to_have_attribute("aria-pressed", "true")
    hedy.wait_for_timeout(500)
    assert button(hedy, "love").text_content() == button(ada, "love").text_content() == before
