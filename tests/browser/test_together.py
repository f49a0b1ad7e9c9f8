"""Two people do something about each other: one waves, the other waves back, helps, and they pair."""

from playwright.sync_api import expect

from tests.browser.test_company import say
from tests.browser.test_meeting import LESSON, NEXT, face, live


def row_heights(page):
    return page.evaluate("[...document.querySelectorAll('.beside .person')].map((row) => row.offsetHeight)")


def test_two_people_wave_and_then_pair(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", NEXT, reduced_motion="reduce"))
    face(ada, "Grace").get_by_role("button", name="Wave at Grace").click()
    expect(grace.locator("#live-wave [data-slot=words]")).to_have_text("Ada waved.")
    expect(ada.locator("#live-wave [data-slot=words]")).to_have_text("You waved at Grace.")
    tilted = grace.locator("#live-wave .avatar")
    assert tilted.evaluate("(face) => face.getAnimations().every((one) => one.effect.getTiming().duration < 20)")
    grace.get_by_role("button", name="Wave back").press("Enter")
    expect(ada.locator("#live-wave [data-slot=words]")).to_have_text("Grace waved back.")
    face(ada, "Grace").get_by_role("button", name="Wave at Grace").click()
    expect(ada.locator("#live-wave [data-slot=words]")).to_contain_text("You can wave again in 5 minutes.")

    before = row_heights(grace)
    say(ada, "Stuck here").click()
    expect(grace.locator(".bubble [data-slot=needed]")).to_have_text(", someone near you is stuck")
    expect(ada.locator(".bubble [data-slot=needed]")).to_be_empty()
    offer = face(grace, "Ada").get_by_role("button", name="I can help Ada")
    expect(offer).to_be_visible()
    assert row_heights(grace) == before
    face(grace, "Ada").locator("[data-slot=place]").focus()
    grace.keyboard.press("ArrowRight")
    expect(offer).to_be_focused()
    grace.keyboard.press("Enter")
    expect(ada.locator("#live-pairing")).to_contain_text("Grace can help.")
    ada.get_by_role("button", name="Accept").click()
    for page in (ada, grace):
        for name in ("Ada", "Grace"):
            expect(face(page, name).locator(".saying")).to_have_text("pairing")
    grace.get_by_role("link", name="Go to Come back later").click()
    expect(face(ada, "Grace", "same lesson").locator(".saying")).to_have_text("pairing")
    expect(grace.locator("#live-pairing")).to_contain_text("You're pairing with Ada.")
    grace.get_by_role("button", name="End").click()
    for page in (ada, grace):
        expect(page.locator("#live-pairing [data-slot=state]")).not_to_have_attribute("data-shown", "")
        expect(face(page, "Ada").locator(".saying")).to_be_hidden()
    assert not ada.complaints + grace.complaints
