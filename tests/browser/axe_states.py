"""axe-core on every state that `make screenshots` photographs, wide and on a phone, in both schemes; some minutes:

    python -m tests.browser.axe_states

Words after the command choose the states whose names begin with them. A fault fails the command.
"""

import re
import sys

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.axe import problems
from tests.browser.conftest import launch
from tests.browser.gatherings import GATHERINGS
from tests.browser.screenshots import SETTLE_MS, SIZES, chosen, visit
from tests.browser.states import State
from tests.helpers.server import RunningSite


def main(wanted: list[str]) -> int:
    faults, states = 0, chosen(wanted)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, start in GATHERINGS.items():
            there = [state for state in states if state.site == name]
            if there:
                with start() as site:
                    faults += sum(check(site, browser, state) for state in there)
        browser.close()
    print(f"{faults} faults in {len(states)} states.")
    return int(faults > 0)


def check(site: RunningSite, browser: Browser, state: State) -> int:
    """Print the faults of a state; returns how many there are."""
    page, found = visit(site, browser, state), []
    if not state.options.get("java_script_enabled", True):
        page = as_without_scripts(browser, page)
    for size in ("wide", "phone"):
        page.set_viewport_size(SIZES[size])
        page.wait_for_timeout(SETTLE_MS)
        if state.aim:
            state.aim(page)
        found += [f"{state.name}, {size}, {problem}" for problem in problems(page)]
    page.context.close()
    print("\n".join(found) or f"{state.name}: none", flush=True)
    return len(found)


def as_without_scripts(browser: Browser, page: Page) -> Page:
    """Open a page without scripts anew where axe, itself a script, can run: in the form that it has without them."""
    context = browser.new_context(viewport=SIZES["wide"], reduced_motion="reduce")
    context.add_cookies(page.context.cookies())
    context.route("**/*.js", lambda route: route.abort())
    context.route("**/*.css", lambda route: replace(route, r"\(scripting: none\)", "all"))
    context.route(page.url, lambda route: replace(route, r"</?noscript>", ""))
    other = context.new_page()
    other.goto(page.url)
    page.context.close()
    return other


def replace(route: Route, pattern: str, text: str) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(pattern, text, answer.text()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
