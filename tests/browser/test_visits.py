"""Going from page to page: the focus, what screen readers hear, what stays, and being offline on the way."""

from playwright.sync_api import expect

from tests.browser.test_meeting import LESSON, NEXT, live

FOCUSED = "document.activeElement.textContent.trim()"


def test_a_visit_puts_the_focus_on_the_heading_and_announces_the_title(visit):
    page = live(visit("ada", LESSON))
    assert page.evaluate("document.activeElement === document.body")
    page.locator(".step[rel=next]").click()
    page.wait_for_url(f"**{NEXT}")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("[data-page-title]")).to_have_text(page.title())


def test_mark_as_done_puts_the_focus_on_the_next_action_and_back(visit):
    page = live(visit("dennis", LESSON))
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("[data-after-visit]")).to_be_focused()
    assert page.evaluate(FOCUSED).startswith("Next: ")
    page.get_by_role("button", name="Mark as not done").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_focused()


def test_a_failed_sign_in_puts_the_focus_on_the_error(visit):
    page = visit(None, "/login")
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", "not the password")
    page.locator("#login-form [type=submit]").click()
    expect(page.locator(".form-error")).to_be_focused()


def test_offline_a_link_leaves_the_page_and_says_why(visit):
    page = live(visit("ada", LESSON))
    page.context.set_offline(True)
    page.locator(".step[rel=next]").click()
    expect(page.locator("[data-offline-note]")).to_have_text("You're offline. This page stays until you're back.")
    assert page.url.endswith(LESSON)
    expect(page.locator(".lesson")).to_be_visible()
    page.context.set_offline(False)
    page.locator(".step[rel=next]").click()
    page.wait_for_url(f"**{NEXT}")


def test_opened_sections_of_the_contents_stay_open(visit):
    page = live(visit("ada", LESSON))
    section = page.locator(".contents-section:not([open])").last
    name = section.get_attribute("data-section")
    section.locator("summary").click()
    page.locator(".step[rel=next]").click()
    page.wait_for_url(f"**{NEXT}")
    expect(page.locator(f'.contents-section[data-section="{name}"]')).to_have_attribute("open", "")


def test_the_catalog_continues_at_the_last_lesson_of_this_browser(visit):
    page = visit(None, NEXT)
    title = page.locator("h1").text_content()
    page.locator(".brand").click()
    link = page.locator("[data-continue=company]")
    expect(link).to_have_text(f"Continue: {title}")
    link.click()
    page.wait_for_url(f"**{NEXT}")
