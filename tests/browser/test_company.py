"""Someone is stuck, says so, is seen by the others, and is shown who is one step ahead."""

from playwright.sync_api import expect

from tests.browser.conftest import open_page
from tests.browser.test_meeting import LESSON, NEXT, face, live


def say(page, words):
    return page.locator(".beside").get_by_role("button", name=words)


def test_a_stuck_learner_is_seen_and_finds_a_helper_one_step_ahead(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", NEXT))
    expect(face(ada, "Grace", "next door")).to_be_visible()
    say(ada, "Stuck here").click()
    expect(say(ada, "Stuck here")).to_have_attribute("aria-pressed", "true")
    expect(face(grace, "Ada").locator(".saying")).to_have_text("stuck here")
    expect(ada.locator(".beside .ahead")).to_contain_text("One step ahead of you: Grace, Shuffle the deck")
    expect(ada.locator(".beside [data-slot=asked]")).to_contain_text("half an hour")
    ada.reload()
    live(ada)
    expect(say(ada, "Stuck here")).to_have_attribute("aria-pressed", "true")
    say(ada, "Stuck here").click()
    expect(face(grace, "Ada").locator(".saying")).to_be_hidden(timeout=3500)
    expect(ada.locator(".beside .ahead")).to_be_hidden()
    assert not ada.complaints + grace.complaints


def test_the_next_lesson_is_a_new_one(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    say(ada, "Just finished").click()
    expect(face(grace, "Ada").locator(".saying")).to_have_text("just finished")
    ada.locator(".step[rel=next]").click()
    expect(face(grace, "Ada", "next door").locator(".saying")).to_be_hidden(timeout=3500)
    expect(say(ada, "Just finished")).to_have_attribute("aria-pressed", "false")


def test_a_user_who_hides_loses_the_buttons_without_a_reload(visit, running):
    ada = live(visit("ada", LESSON))
    expect(say(ada, "Happy to pair")).to_be_visible()
    account = open_page(running, ada.context, "ada", "/account")
    account.locator("input[name=visibility][value=hidden]").check()
    account.locator("form", has=account.locator("[name=visibility]")).locator("button[type=submit]").click()
    expect(say(ada, "Happy to pair")).to_have_count(0)
    expect(ada.locator(".beside [data-note=hidden]")).to_contain_text("To ask others for help, let everyone see you.")
    expect(account.get_by_text("Saved. This applies")).to_be_visible()
    account.locator("input[name=visibility][value=everyone]").check()
    account.locator("form", has=account.locator("[name=visibility]")).locator("button[type=submit]").click()
    expect(say(ada, "Happy to pair")).to_be_visible()


def test_an_instructor_sees_who_asks(visit):
    ada, page = live(visit("ada", LESSON)), visit("margaret", "/class/company")
    expect(page.locator("[data-asked]")).not_to_contain_text("Ada")
    say(ada, "Stuck here").click()
    asked = page.locator("[data-asked] .stay", has_text="Ada")
    expect(asked.locator(".saying")).to_have_text("stuck here")
    expect(asked).to_contain_text("Come back later")
    expect(page.locator(".seat", has_text="Ada").locator(".saying")).to_have_text("stuck here")
    page.reload()
    expect(page.locator("[data-asked] .stay", has_text="Ada")).to_be_visible()
    assert not page.complaints
