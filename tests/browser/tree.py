"""The numbers that a screen reader finds on a lesson while classmates come and go: ten minutes, or others:

    python -m tests.browser.tree 2

Each second it takes the accessibility tree of the page as Chromium has it, and what the server says. A fault is a
number that the server has not said within the last seconds, that two places of the page disagree about, or that does
not fit its word ("1 people"). A fault fails the command.
"""

import re
import sys
import tempfile
import time
from collections import Counter, deque

from playwright.sync_api import CDPSession, sync_playwright

from tests.browser.conftest import launch, open_page
from tests.browser.states import LESSON
from tests.helpers.server import RunningSite

MINUTES, CLASSMATES = 10.0, "12"
# A change waits for the next tick, and a busy machine for its turn.
KNOWN_SECONDS = 5
PLACE = LESSON.removeprefix("/courses/")
COURSE = PLACE.split("/")[0]
GROUPS = ("On this lesson", "Next door", "In this section", "In this course", "Elsewhere")
GROUP = re.compile(rf"({'|'.join(GROUPS)}) (\d+) (?:person|people)")
WRONG_WORD = re.compile(r"\b(?:1 people|(?!1 )\d+ person)\b")


class Tree:
    """The nodes of a page that are not ignored, by role and name."""

    def __init__(self, nodes: list[dict]) -> None:
        self._nodes = {node["nodeId"]: node for node in nodes}

    def names(self, *roles: str, within: dict | None = None) -> list[str]:
        return [name(node) for node in self.find(*roles, within=within)]

    def find(self, *roles: str, within: dict | None = None) -> list[dict]:
        nodes = self._below(within) if within else self._nodes.values()
        return [node for node in nodes if node.get("role", {}).get("value") in roles and not node["ignored"]]

    def number(self, pattern: str, *roles: str) -> int | None:
        """The first number in the names of some roles that a pattern finds."""
        found = (re.fullmatch(pattern, text) for text in self.names(*roles))
        return next((int(one[1].replace(",", "")) for one in found if one), None)

    def groups(self) -> dict[str, tuple[int, int]]:
        """For each group of people its number, and how many people it lists or mentions."""
        found = [(GROUP.fullmatch(name(node)), node) for node in self.find("group")]
        return {match[1]: (int(match[2]), self._listed(node)) for match, node in found if match}

    def _listed(self, group: dict) -> int:
        rows = [row for row in self.find("listitem", within=group) if self.find("button", within=row)]
        more = (re.fullmatch(r"(?:and |\+)(\d+) more", text) for text in self.names("StaticText", within=group))
        return len(rows) + sum(int(one[1]) for one in more if one)

    def _below(self, node: dict) -> list[dict]:
        children = [self._nodes[child] for child in node.get("childIds", ()) if child in self._nodes]
        return children + [below for child in children for below in self._below(child)]


def name(node: dict) -> str:
    return " ".join(node.get("name", {}).get("value", "").split())


def faults(tree: Tree, said: list[dict]) -> list[str]:
    """The faults of a tree, given what the server has said within the last seconds."""
    groups = tree.groups()
    total = tree.number(r"(\d+) studying now.*", "button")
    in_course = tree.number(r"(\d+) (?:person is|people are) in this course now.*", "StaticText")
    near = tree.number(r".* in this course now, (\d+) near you", "StaticText") or 0
    sizes = {group: size for group, (size, _) in groups.items()}
    checks = [
        (total, tree.number(r"(\d+) (?:person is|people are) studying now\.", "StaticText"), "bubble and summary"),
        (total, sum(sizes.values()), "bubble and groups"),
        (in_course, sum(sizes.values()) - sizes.get("Elsewhere", 0), "course and its groups"),
        (near, sizes.get("On this lesson", 1) - 1 + sizes.get("Next door", 0), "near and its groups"),
        *((size, listed, f"{group} and its rows") for group, (size, listed) in groups.items()),
    ]
    found = [f"{what}: {one} and {other}" for one, other, what in checks if one != other]
    numbers = {"": total, COURSE: in_course, PLACE: sizes.get("On this lesson")}
    for place, number in numbers.items():
        known = {one[place] for one in said}
        found += [] if number in known else [f"{place or 'site'}: {number}, the server said {sorted(known)}"]
    words = tree.names("StaticText", "button", "group", "heading", "list", "DisclosureTriangle")
    return found + sorted({text for text in words if WRONG_WORD.search(text)})


def numbers_of(site: RunningSite, browser) -> dict:
    """The number of people that the server counts on the site, in the course and on the lesson."""
    states = browser.get(f"{site.url}/presence", params={"place": PLACE}, timeout=10).json()["states"]
    by_topic = {state["topic"]: state for state in states}
    lesson = by_topic["/".join(PLACE.split("/")[:2])]["counts"].get(PLACE.rsplit("/", 1)[1], 0)
    return {"": by_topic[""]["total"], COURSE: by_topic[COURSE]["total"], PLACE: lesson}


def watch(site: RunningSite, session: CDPSession, page, minutes: float) -> Counter:
    # Hedy is hidden, and has no page open: she reads along and is counted nowhere.
    browser, said, found = site.browser("hedy"), deque(maxlen=KNOWN_SECONDS), Counter()
    deadline = time.monotonic() + 60 * minutes
    while time.monotonic() < deadline:
        said.append(numbers_of(site, browser))
        tree = Tree(session.send("Accessibility.getFullAXTree")["nodes"])
        said.append(numbers_of(site, browser))
        found["snapshots"] += 1
        wrong = faults(tree, list(said))
        found["snapshots with faults"] += bool(wrong)
        print("\n".join(wrong), end="\n" if wrong else "", flush=True)
        page.wait_for_timeout(1_000)
    return found


def main(minutes: float) -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site, browser = RunningSite(folder, "--classmates", CLASSMATES), launch(playwright)
        try:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = open_page(site, context, "ada", LESSON)
            page.locator('body[data-presence-state="live"]').wait_for()
            page.wait_for_timeout(1_000 * KNOWN_SECONDS)
            found = watch(site, context.new_cdp_session(page), page, minutes)
        finally:
            browser.close()
            site.stop()
    print(f"{found['snapshots']} snapshots, {found['snapshots with faults']} with faults.")
    return int(found["snapshots with faults"] > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES))
