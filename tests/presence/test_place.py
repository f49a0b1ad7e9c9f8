import json
from pathlib import Path

import pytest

from presence.core.places import Place, child_of, is_within, topics_of
from presence.pages.closeness import closeness, order
from presence.pages.first_paint import first_paint
from presence.pages.peer_help import find_helper
from presence.pages.viewer import Viewer

CASES = json.loads((Path(__file__).parent / "closeness_cases.json").read_text())


def place(me: dict) -> Place:
    return Place(me["place"], me["before"], me["after"])


@pytest.mark.parametrize("case", CASES["closeness"], ids=lambda case: case["rule"])
def test_closeness(case):
    assert closeness(place(case["me"]), case["places"]) == case["closeness"]


@pytest.mark.parametrize("case", CASES["order"], ids=lambda case: case["rule"])
def test_order_and_groups(case):
    me, people = place(case["me"]), case["people"]
    assert [person["key"] for person in order(me, case["me"]["key"], people)] == case["order"]
    state = {"topic": "", "people": people, "counts": {}, "total": len(people)}
    groups = first_paint(me, [state], [], Viewer(case["me"]["key"], "everyone", True, (), None)).groups
    keys = {group.closeness: [person["key"] for person in group.people] for group in groups if group.people}
    assert keys == case["groups"]


@pytest.mark.parametrize("case", CASES["ahead"], ids=lambda case: case["rule"])
def test_who_is_one_step_ahead(case):
    found = find_helper(place(case["me"]), case["me"]["key"], case["people"])
    assert (found and found["key"]) == case["ahead"]


@pytest.mark.parametrize(
    ("path", "topics"),
    [("", ("",)), ("a", ("", "a")), ("a/b", ("", "a", "a/b")), ("a/b/c", ("", "a", "a/b"))],
)
def test_a_place_belongs_to_the_topics_of_its_site_course_and_section(path, topics):
    assert topics_of(path) == topics


@pytest.mark.parametrize(
    ("topic", "path", "child"),
    [
        ("", "a/b/c", "a"),
        ("", "", None),
        ("a", "a", None),
        ("a", "a/b/c", "b"),
        ("a/b", "a/b/c", "c"),
        ("a/b", "a/b", None),
    ],
)
def test_a_topic_counts_a_place_under_the_next_part_of_its_path(topic, path, child):
    assert child_of(topic, path) == child


def test_a_course_is_not_within_another_whose_name_it_begins_with():
    assert is_within("web", "web/rooms")
    assert not is_within("web", "web-two/rooms")
