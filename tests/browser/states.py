"""The states of the pages that `make screenshots` photographs: who looks at what, and what has happened before."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.shared_lesson import PLACE
from tests.browser.test_reading import WIDE as WIDE_CONTENT

LESSON = "/courses/realtime/present/tabs"
POLL = "/courses/realtime/changes/gaps"
COURSE = "/courses/realtime"
SHARED = f"/courses/{PLACE}"
REACTIONS = '.reactions:not([data-reactions=""])'
# Without motion, pointers are faces in the margin, and have no arrows.
MOVING = {"reduced_motion": "no-preference"}


@dataclass(frozen=True)
class State:
    """`site` is "company" (a few people), "crowd" (300) or "alone".

    `act` is done once on the page, before the photographs; `aim` again at each width, and may find its work done.
    """

    name: str
    username: str | None
    path: str
    site: str = "company"
    act: Callable[[Page], object] | None = None
    aim: Callable[[Page], object] | None = None
    options: dict = field(default_factory=dict)


def open_list(page: Page) -> None:
    if not page.locator("#people:popover-open").count():
        page.locator("[data-bubble]").click()


def wave(page: Page) -> None:
    if not page.locator(".beside .person").first.is_visible():
        open_list(page)
    page.locator("#people [data-wave]:enabled").first.click()
    expect(page.locator("#live-wave")).to_contain_text("wave")


def open_help(page: Page) -> None:
    page.evaluate("document.getElementById('help').showPopover()")


def open_contents(page: Page) -> None:
    opener = page.locator(".contents-open")
    if opener.is_visible() and not page.locator("#contents:popover-open").count():
        opener.click()


def scroll_to(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.evaluate("(one) => one.scrollIntoView({block: 'center'})")


def widen(page: Page) -> None:
    page.evaluate(WIDE_CONTENT)


def focus_pile(page: Page) -> None:
    page.locator("[data-search-link]").focus()
    page.keyboard.press("Tab")


def answer(page: Page) -> None:
    page.locator("[data-poll-form] input").nth(1).check()
    page.locator("[data-poll-form] button").click()
    expect(page.locator('[data-slot="result"]')).to_be_visible()


def ask_the_class(page: Page) -> None:
    button = page.locator('[data-poll] button[value="ask"]')
    if button.is_visible():
        button.click()
        expect(page.locator("[data-poll]")).to_contain_text("The class is being asked")


def show_the_class(page: Page) -> None:
    for what in ("close", "show"):
        button = page.locator(f'[data-poll] button[value="{what}"]')
        if button.is_visible():
            button.click()
            page.wait_for_timeout(500)


def be_lost(page: Page) -> None:
    button = page.locator('[data-reactions]:not([data-reactions=""]) [data-kind="lost"]').first
    if button.get_attribute("aria-pressed") == "false":
        button.click()


def share_pointers(page: Page) -> None:
    page.locator("[data-pointers]").click()
    expect(page.locator(".reader").first).to_be_visible()
    page.locator(".arrow:not([hidden])").wait_for()


def watch_video(page: Page) -> None:
    page.locator("[data-watch=join]").click()
    expect(page.locator(".chat-line").first).to_be_visible()


def lose(page: Page) -> None:
    """The connection goes away and none can be had; see `hold_sockets`."""
    page.held[-1].close()
    expect(page.locator("body")).to_have_attribute("data-presence-state", "lost")


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    page.held[-1].close()
    expect(page.locator("body")).to_have_attribute("data-presence-state", "offline")


def count_to(number: int) -> Callable[[Page], object]:
    """Every number of people as large as this."""
    slots = "[data-slot=total], [data-slot=heads], [data-slot=size], .block-size b, .spot-size > :first-child"
    script = """([slots, number]) => {
        for (const one of document.querySelectorAll(slots)) one.textContent = number;
        for (const one of document.querySelectorAll('.heads')) {
            one.dataset.digits = String(number).length;
            one.dataset.heat = 4;
            delete one.dataset.empty;
        }
    }"""
    return lambda page: page.evaluate(script, [slots, number])


def zoom(page: Page) -> None:
    """As at 200 %: the page has half as many pixels."""
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})


def lose_fonts(page: Page) -> None:
    page.evaluate("""for (const [name, font] of [["--sans", "system-ui"], ["--serif", "serif"]])
        document.documentElement.style.setProperty(name, font)""")


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.locator("#search input[type=search]").fill("socket")


def leave_out_visibility(page: Page) -> None:
    # As a browser without this check of its own would.
    page.locator("main form").evaluate("(form) => (form.noValidate = true)")
    page.locator("main form [type=submit]").click()
    expect(page.locator("#visibility-errors")).to_be_visible()


def fail_to_sign_in(page: Page) -> None:
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", "not the password")
    page.locator("#login-form [type=submit]").click()
    expect(page.locator(".form-error")).to_be_visible()


STATES = [
    State("catalog", "ada", "/"),
    State("catalog-recall", "grace", "/"),
    State("first-visit", None, "/"),
    State("course", "ada", COURSE),
    State("course-map", "ada", COURSE, aim=scroll_to("#present")),
    State("lesson", "ada", LESSON),
    State("lesson-end", "ada", LESSON, aim=scroll_to(".steps")),
    State("lesson-guest", None, LESSON),
    State("lesson-hidden", "hedy", LESSON),
    State("lesson-anonymous", "tim", LESSON),
    State("lesson-list", "ada", LESSON, aim=open_list),
    State("lesson-wave", "ada", LESSON, act=wave),
    State("lesson-contents", "ada", LESSON, aim=open_contents),
    State("lesson-names", "ada", LESSON, aim=focus_pile),
    State("lesson-help", "ada", LESSON, act=open_help),
    State("lesson-reconnecting", "ada", LESSON, act=lose),
    State("lesson-offline", "ada", LESSON, act=go_offline),
    State("lesson-pointers", "ada", SHARED, act=share_pointers, options=MOVING),
    State("lesson-watching", "ada", SHARED, act=watch_video, aim=scroll_to(".video")),
    State("lesson-no-script", "ada", LESSON, options={"java_script_enabled": False}),
    State("lesson-wide-content", "ada", LESSON, act=widen, aim=scroll_to(".prose .table:last-of-type")),
    State("lesson-digits-3", "ada", LESSON, aim=count_to(345)),
    State("lesson-digits-5", "ada", LESSON, aim=count_to(12345)),
    State("course-digits-5", "ada", COURSE, aim=count_to(12345)),
    State("lesson-zoom", "ada", LESSON, aim=zoom),
    State("lesson-fallback-fonts", "ada", LESSON, act=lose_fonts),
    State("lesson-search", "ada", LESSON, act=open_search),
    State("poll", "ada", POLL, aim=scroll_to("[data-poll]")),
    State("poll-guest", None, POLL, aim=scroll_to("[data-poll]")),
    State("poll-no-script", "grace", POLL, aim=scroll_to("[data-poll]"), options={"java_script_enabled": False}),
    State("poll-answered", "alan", POLL, act=answer, aim=scroll_to("[data-poll]")),
    State("poll-answered-hidden", "hedy", POLL, act=answer, aim=scroll_to("[data-poll]")),
    State("poll-asked-by-instructor", "margaret", POLL, act=ask_the_class, aim=scroll_to("[data-poll]")),
    State("poll-asked", "ada", POLL, aim=scroll_to("[data-poll]")),
    State("poll-shown-to-instructor", "margaret", POLL, act=show_the_class, aim=scroll_to("[data-poll]")),
    State("poll-shown", "alan", POLL, aim=scroll_to("[data-poll]")),
    State("reactions", "ada", POLL, aim=scroll_to(REACTIONS)),
    State("reactions-guest", None, POLL, aim=scroll_to(REACTIONS)),
    State("reactions-lost", "grace", POLL, act=be_lost, aim=scroll_to(REACTIONS)),
    State("lesson-alone", "ada", LESSON, "alone"),
    State("course-alone", "ada", COURSE, "alone"),
    State("lesson-crowd", "ada", LESSON, "crowd"),
    State("lesson-crowd-list", "ada", LESSON, "crowd", aim=open_list),
    State("lesson-crowd-no-script", "ada", LESSON, "crowd", options={"java_script_enabled": False}),
    State("course-crowd", "ada", COURSE, "crowd", aim=scroll_to("#present")),
    State("catalog-crowd", "ada", "/", "crowd"),
    State("class", "margaret", "/class/realtime"),
    State("class-index", "margaret", "/class"),
    State("class-large-crowd", "margaret", "/class/realtime?size=large", "crowd"),
    State("account", "ada", "/account"),
    State("login", None, "/login"),
    State("login-failed", None, "/login", act=fail_to_sign_in),
    State("signup", None, "/signup"),
    State("signup-failed", None, "/signup", act=leave_out_visibility),
    State("missing", "ada", "/courses/realtime/nowhere/nothing"),
    State("forbidden", "ada", "/class"),
    State("source", None, "/source/presence/core/roster.py"),
]
