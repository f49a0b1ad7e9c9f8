"""Two people on screens of two sizes: the same word under the mouse and under the drawn arrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import problems
from tests.browser.test_meeting import choose, live

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WORD = "groan"
# The middle of a word of the text, in the window.
FIND = """(word) => {
    const walker = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(word);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + word.length);
        range.startContainer.parentElement.scrollIntoView({block: 'center'});
        const box = range.getBoundingClientRect();
        return {left: box.left, right: box.right, top: box.top, bottom: box.bottom};
    }
}"""
# The tip is at 4.5, 3.5 of the 24 by 24 of the drawing.
TIP = """() => {
    const box = document.querySelector('.arrow:not([hidden]) .arrow-shape').getBoundingClientRect();
    return {x: box.left + box.width * 4.5 / 24, y: box.top + box.height * 3.5 / 24};
}"""


@pytest.fixture
def running(films):
    return films


def share(page):
    """Switch pointers on."""
    live(page)
    page.locator("[data-pointers]").click()
    expect(page.locator("[data-slot=count]")).not_to_be_empty()
    return page


def point(page, word=WORD):
    box = page.evaluate(FIND, word)
    page.mouse.move((box["left"] + box["right"]) / 2 - 2, (box["top"] + box["bottom"]) / 2)
    page.mouse.move((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2, steps=3)


def test_the_same_word_is_under_the_arrow_on_a_phone(visit, lesson):
    ada, grace = share(visit("ada", lesson, viewport=DESK)), share(visit("grace", lesson, viewport=PHONE))
    expect(ada.locator("[data-slot=count]")).to_have_text("2 people are sharing where they are.")
    point(ada)
    expect(grace.locator(".arrow:not([hidden])")).to_contain_text("Ada")
    grace.wait_for_timeout(700)
    point_of_arrow, box = grace.evaluate(TIP), grace.evaluate(FIND, WORD)
    grace.wait_for_timeout(100)
    point_of_arrow = grace.evaluate(TIP)
    assert box["left"] - 1 <= point_of_arrow["x"] <= box["right"] + 1
    assert box["top"] - 1 <= point_of_arrow["y"] <= box["bottom"] + 1
    # Its label stands where there is room for it.
    assert grace.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not ada.complaints + grace.complaints


def test_pointers_are_off_until_asked_for_and_then_remembered(visit, lesson):
    ada = live(visit("ada", lesson))
    expect(ada.locator("[data-pointers]")).to_have_attribute("aria-pressed", "false")
    assert not [frame for frame in ada.sent if "room_join" in frame and "pointers" in frame]
    expect(ada.locator("[data-pointers]")).to_be_enabled()
    ada.keyboard.press("m")
    expect(ada.locator("[data-pointers]")).to_have_attribute("aria-pressed", "true")
    ada.reload()
    expect(ada.locator("[data-pointers]")).to_have_attribute("aria-pressed", "true")


def test_an_arrow_takes_no_click_and_fades(visit, lesson):
    ada, grace = share(visit("ada", lesson)), share(visit("grace", lesson))
    point(ada)
    arrow = grace.locator(".arrow:not([hidden])")
    expect(arrow).to_have_count(1)
    assert grace.locator(".pointer-layer").evaluate("(layer) => getComputedStyle(layer).pointerEvents") == "none"
    expect(arrow).to_have_count(0)
    expect(grace.locator(".reader")).to_have_count(1)


def test_what_one_reads_is_told_in_words_until_they_share_no_more(visit, lesson):
    ada, grace = share(visit("ada", lesson)), share(visit("grace", lesson))
    ada.evaluate("scrollTo(0, document.body.scrollHeight)")
    line = grace.locator(".beside .person", has_text="Ada").locator(".person-reads")
    expect(line).to_contain_text("reads “")
    ada.locator("[data-pointers]").click()
    expect(line).to_be_empty()
    expect(grace.locator(".reader")).to_have_count(0)


def test_without_motion_there_are_faces_in_the_margin_and_no_arrows(visit, lesson):
    ada, grace = share(visit("ada", lesson)), share(visit("grace", lesson, reduced_motion="reduce"))
    point(ada)
    expect(grace.locator(".reader")).to_have_count(1)
    expect(grace.locator(".arrow:not([hidden])")).to_have_count(0)
    expect(grace.locator(".beside .person", has_text="Ada")).not_to_be_empty()


def test_one_who_hides_is_gone_at_once(visit, lesson):
    dennis, grace = share(visit("dennis", lesson)), share(visit("grace", lesson))
    point(dennis)
    expect(grace.locator(".reader")).to_have_count(1)
    account = dennis.context.new_page()
    account.goto(dennis.base + "/account")
    choose(account, "hidden")
    expect(grace.locator(".reader")).to_have_count(0)
    expect(dennis.locator("[data-slot=note]")).to_contain_text("No one sees yours.")


def test_axe_finds_nothing_with_pointers_on(visit, lesson):
    ada, grace = share(visit("ada", lesson)), share(visit("grace", lesson))
    point(ada)
    expect(grace.locator(".reader")).to_have_count(1)
    assert problems(grace) == []
