"""axe-core on a page as it is now."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PAGE = "html"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The schemes differ in colours only, so what judges no colour would find the same again.
COLOURS = ["color-contrast", "link-in-text-block"]
RUNS = {"light": {"type": "tag", "values": TAGS}, "dark": {"type": "rule", "values": COLOURS}}
# What passes may be many times what fails, and only its number is asked for.
RUN = """async ([within, rules]) => {
    const found = await axe.run(within, {runOnly: rules, resultTypes: ["violations"]});
    const problems = found.violations.flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${one.help}: ${node.html.slice(0, 160)}`));
    return {problems, passes: found.passes.length};
}"""


def problems(page: Page, within: str = PAGE) -> list[str]:
    """The faults that axe finds in both schemes, on the whole page or in a part of it that has only now appeared."""
    # The policy of the site refuses scripts from elsewhere; axe is run by the browser itself, not by the page.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return [f"{scheme}: {problem}" for scheme in RUNS for problem in _problems(page, scheme, within)]


def _problems(page: Page, scheme: str, within: str) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    # Colours that fade from one scheme to the other are in neither.
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
    found = page.evaluate(RUN, [within, RUNS[scheme]])
    assert found["passes"] > (10 if (scheme, within) == ("light", PAGE) else 0), "axe has not looked."
    return found["problems"]
