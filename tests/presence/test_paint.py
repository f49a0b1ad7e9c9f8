"""The first paint: the numbers of the groups, and the viewer at the page's place."""

import json
import re
from pathlib import Path

import pytest

from presence import Place, User
from presence.pages.closeness import CLOSENESS, closeness
from presence.pages.first_paint import first_paint
from presence.pages.group_sizes import near, sizes
from presence.pages.merge import merge
from presence.pages.viewer import viewer_of

CASES = json.loads((Path(__file__).parent / "numbers_cases.json").read_text())
HERE = Place("a/b/c", "a/b/b", None)
ADA = User("1", "Ada")
TIM = User("2", "Tim", visibility="anonymous")
HEDY = User("3", "Hedy", visibility="hidden")


def paint(user, places=(), totals=(1, 1, 0)):
    empty = [
        {"topic": topic, "people": [], "counts": {}, "total": n}
        for topic, n in zip(("", "a", "a/b"), totals, strict=True)
    ]
    return first_paint(HERE, empty, [], viewer_of(user, "key", HERE, places, 5.0), 100.0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_sizes(case):
    me = Place(case["me"]["place"], case["me"]["before"], case["me"]["after"])
    groups = {name: [p for p in case["people"] if closeness(me, p["places"]) == name] for name in CLOSENESS}
    assert sizes(me, lambda path: case["at"].get(path, 0), groups) == case["sizes"]


def test_near_are_the_others_on_my_lesson_and_next_door():
    numbers = {"same lesson": 3, "next door": 2, "same section": 9}
    assert [near(numbers, True), near(numbers, False), near({**numbers, "same lesson": 0}, True)] == [4, 5, 2]


def test_the_viewer_stands_at_the_page_already():
    page = paint(ADA)
    assert [group.closeness for group in page.groups if group.people] == ["same lesson"]
    assert page.people[0]["places"] == ["a/b/c"]
    assert [page.at(path) for path in ("", "a", "a/b", "a/b/c")] == [2, 2, 1, 1]
    assert page.near == 0


def test_the_viewer_is_counted_once_where_they_are_already():
    page = paint(ADA, places=["a/x/y"])
    assert [page.at(path) for path in ("", "a", "a/b", "a/b/c")] == [1, 1, 1, 1]
    assert page.people[0]["places"] == ["a/b/c", "a/x/y"]


def test_an_anonymous_viewer_is_a_number_and_a_hidden_one_nothing():
    assert [paint(TIM).people, paint(TIM).at("a/b/c"), paint(TIM).others] == [[], 1, 1]
    assert [paint(HEDY).people, paint(HEDY).at("a/b/c"), paint(HEDY).others] == [[], 0, 1]


def test_of_a_crowd_a_page_paints_the_rows_that_it_shows():
    crowd = [{"key": f"{n:02}", "places": ["a/b/c"], "status": "active", "since": n} for n in range(40)]
    state = {"topic": "a/b", "people": crowd, "counts": {"c": 40}, "total": 40}
    group = first_paint(HERE, [state], [], viewer_of(HEDY, "key", HERE, [], 5.0)).groups[0]
    assert [group.size, len(group.people), len(group.painted(8))] == [40, 40, 8]
    assert [len(group.painted(38)), len(group.painted(39))] == [38, 40]


def test_a_person_is_where_the_innermost_topic_says_though_an_outer_one_is_behind(site):
    """The outer one waits for its tick, and would paint them where they no longer are."""
    here, there = site.lessons[:2]
    ada = site.tab("ada", here)
    site.advance(5)
    site.tab("dennis", site.lessons[-1])
    ada.emit("enter", {"place": there})
    states = site.presence.states(here)
    assert [person["places"] for state in states for person in state["people"] if person["name"] == "Ada"][0] == [here]
    (found,) = (person for person in merge(states) if person["name"] == "Ada")
    assert found["places"] == [there]


def test_on_the_viewers_lesson_the_time_there_counts():
    state = {"topic": "a/b", "people": [], "counts": {}, "total": 1}
    me = viewer_of(ADA, "key", HERE, [], 5.0, arrived={"a/b/c": 90.0})
    page = first_paint(HERE, [state], [], me, 100.0)
    assert page.there_since(page.people[0]) == 90
    assert paint(ADA).there_since(paint(ADA).people[0]) == 5


def test_the_catalog_counts_the_people_in_each_section(site):
    section, other, *_ = dict.fromkeys(lesson.rpartition("/")[0] for lesson in site.lessons)
    site.tab("ada", site.lessons[0])
    page = site.browser("grace").get("/").text
    count = r'data-heads="{}".*?data-slot="heads">(\d+)<'
    assert [re.search(count.format(place), page, re.DOTALL)[1] for place in (section, other)] == ["1", "0"]
