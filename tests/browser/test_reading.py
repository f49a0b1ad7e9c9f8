"""Reading a lesson: keys, anchors, copying, and nothing that makes the page wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_meeting import LESSON, NEXT, live

CODE_LESSON = "/courses/realtime/present/tabs"
WIDE = """() => { const prose = document.querySelector('.prose');
    const table = document.createElement('div'); Object.assign(table, {className: 'table', tabIndex: 0, role: 'group'});
    const row = document.createElement('tr');
    for (let n = 0; n < 30; n++) row.insertCell().textContent = 'a column ' + n;
    table.appendChild(document.createElement('table')).appendChild(row);
    const code = document.createElement('pre'); code.tabIndex = 0; code.textContent = 'x = 1; '.repeat(200);
    const word = document.createElement('p'); word.textContent = 'w'.repeat(400);
    prose.append(table, code, word); }"""
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def test_j_and_k_go_to_the_next_lesson_and_back(visit):
    page = visit(None, LESSON)
    page.keyboard.press("j")
    page.wait_for_url(f"**{NEXT}")
    page.keyboard.press("k")
    page.wait_for_url(f"**{LESSON}")
    assert not page.complaints


def test_the_help_lists_the_keys_and_turns_them_off(visit):
    page = visit(None, LESSON)
    page.keyboard.press("?")
    help = page.get_by_role("dialog", name="Keyboard")
    expect(help).to_be_visible()
    expect(help).to_contain_text("Next lesson")
    help.locator("[data-setting=shortcuts]").uncheck()
    page.keyboard.press("Escape")
    expect(help).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(help).to_be_hidden()
    assert page.url.endswith(LESSON)
    page.reload()
    expect(page.locator("[data-setting=shortcuts]")).not_to_be_checked()


def test_shortcut_keys_are_letters_in_a_text_field(visit):
    page = visit(None, "/login")
    page.fill("[name=username]", "")
    page.locator("[name=username]").press("j")
    page.locator("[name=username]").press("?")
    expect(page.locator("[name=username]")).to_have_value("j?")
    expect(page.locator("#help")).to_be_hidden()


def test_each_heading_has_an_anchor_that_can_be_seen(visit):
    page = visit(None, CODE_LESSON)
    for heading in page.locator(".prose h2").all():
        anchor = heading.locator("+ .anchor")
        expect(anchor).to_be_visible()
        assert anchor.get_attribute("href") == "#" + heading.get_attribute("id")
    page.locator(".prose h2 + .anchor").first.click()
    expect(page.locator(".prose h2").first).to_be_in_viewport()


def test_a_heading_is_read_without_the_link_beside_it(visit):
    page = visit(None, CODE_LESSON)
    for heading in page.locator(".prose h2").all():
        name = heading.inner_text()
        expect(heading).to_have_accessible_name(name)
        expect(heading.locator("+ .anchor")).to_have_accessible_name(f"Link to: {name}")


@pytest.mark.parametrize("reach", ["hover", "focus"])
def test_the_link_beside_a_heading_shows(visit, reach):
    page = visit(None, CODE_LESSON)
    heading = page.locator(".prose .heading").first
    anchor = heading.locator(".anchor")
    expect(anchor).to_have_css("opacity", "0")
    heading.locator("h2").hover() if reach == "hover" else anchor.focus()
    expect(anchor).to_have_css("opacity", "1")


@pytest.mark.parametrize("username", ["ada", None])
def test_a_keyboard_reaches_the_text_after_at_most_eight_stops(visit, username):
    page = visit(username, CODE_LESSON)
    page.wait_for_timeout(600)
    stops = []
    while not page.evaluate("!!document.activeElement.closest('.prose')"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert len(stops) < 20, stops
    assert len(stops) - 1 <= 8, stops


def test_code_is_copied_by_a_button(visit):
    page = visit(None, CODE_LESSON, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".copy").first.click()
    expect(page.locator(".copy").first).to_have_text("Copied")
    text = page.locator(".prose pre").first.text_content()
    assert page.evaluate("navigator.clipboard.readText()") == text


@pytest.mark.parametrize("width", [320, 390, 720, 1000, 1440])
def test_nothing_is_wider_than_the_screen(visit, width):
    page = visit(None, LESSON, viewport={"width": width, "height": 700})
    page.evaluate(WIDE)
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator(".prose .table").last.evaluate("(table) => table.scrollWidth > table.clientWidth")


@pytest.mark.parametrize("path", ["/", "/courses/realtime", "/login", "/signup", "/nowhere", "/account"])
def test_a_screen_of_320_pixels_is_wide_enough(visit, path):
    page = visit("ada" if path == "/account" else None, path, viewport={"width": 320, "height": 600})
    assert page.evaluate(OVERFLOW) <= 0


LINES = """() => {
    const node = document.querySelector('.prose > p').firstChild, range = document.createRange(), tops = [];
    for (let n = 0; n < node.length; n++) {
        range.setStart(node, n); range.setEnd(node, n + 1);
        tops.push(Math.round(range.getBoundingClientRect().top));
    }
    return Object.values(Object.groupBy(tops, (top) => top)).map((line) => line.length).slice(0, -1);
}"""


def test_a_line_is_neither_short_nor_long_to_read(visit):
    lengths = visit(None, CODE_LESSON).evaluate(LINES)
    assert lengths
    assert all(60 <= length <= 85 for length in lengths), lengths


SMALL = """() => [...document.querySelectorAll('button, input, summary, .contents-link, .step, .header a, .person a')]
    .filter((one) => one.checkVisibility() && !one.matches('.tick-box'))
    .map((one) => [one.className, (one.closest('.person') ?? one).getBoundingClientRect().height])
    .filter(([, height]) => height < 44)"""


def test_targets_are_as_big_as_a_thumb(visit):
    visit("grace", NEXT)
    assert live(visit("ada", LESSON)).evaluate(SMALL) == []


def test_print_is_the_lesson_alone(visit):
    page = visit("ada", CODE_LESSON)
    page.emulate_media(media="print")
    for part in (".header", ".contents", ".beside", ".steps", ".anchor >> nth=0"):
        expect(page.locator(part)).to_be_hidden()
    for part in page.locator(".prose").all():
        expect(part).to_be_visible()
