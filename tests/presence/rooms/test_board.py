"""A board against a naive model: pages that join at any time, lose frames and resync, see what holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from presence.rooms.board import Board, People, same

FACE = {"key": "k", "name": "Ada", "avatar": "", "role": "learner"}
NAMES = st.sampled_from("abc")
VALUES = st.none() | st.integers(0, 2) | st.booleans() | st.sampled_from([1.0, "1", [1], [True], {"x": 1}, {"x": None}])
FACES = st.dictionaries(st.integers(1, 4), st.none() | st.just(FACE), max_size=4)
STEPS = st.lists(
    st.tuples(st.just("put"), NAMES, VALUES)
    | st.tuples(st.just("people"), FACES, st.integers(0, 9))
    | st.tuples(st.just("publish"), st.booleans(), st.sets(st.integers(0, 2)))
    | st.tuples(st.just("join"), st.integers(0, 2), st.none()),
    max_size=40,
)


class Page:
    """A page's view, by the rules of the protocol; None before its first state."""

    def __init__(self):
        self.seq, self.cells, self.people, self.total = None, {}, {}, None

    def state(self, message):
        self.seq, self.cells = message["seq"], dict(message["cells"])
        self.people, self.total = dict(message.get("people", {})), message.get("total")

    def diff(self, message):
        """Returns whether it fitted."""
        if self.seq is None or message["seq"] <= self.seq:
            return True
        if message["seq"] != self.seq + 1:
            return False
        self.seq = message["seq"]
        for name, value in message.get("cells", {}).items():
            self.cells.pop(name, None)
            if value is not None:
                self.cells[name] = value
        for slot in message.get("left", []):
            del self.people[str(slot)]
        self.people |= message.get("people", {})
        self.total = message.get("total", self.total)
        return True


@settings(max_examples=300)
@given(STEPS)
def test_every_page_sees_what_was_published_whatever_it_missed(steps):
    board, pages = Board("one", 7), [Page() for _ in range(3)]
    cells, people = {}, People({}, 0)
    for step, one, other in steps:
        if step == "put":
            cells.pop(one, None)
            cells |= {} if other is None else {one: other}
        elif step == "people":
            people = People(one, other)
        elif step == "join":
            pages[one].state(board.state())
        else:
            publish(board, cells, people, pages, lost=other, is_noticed=one)
            for page in pages:
                if page.seq is not None:
                    assert as_seen(page) == as_told(cells, people)


def publish(board, cells, people, pages, lost, is_noticed):
    before = board.seq
    diff = board.publish(cells, people, is_noticed)
    assert board.seq == before + bool(diff and is_noticed)
    if diff is None:
        return
    for number, page in enumerate(pages):
        if page.seq is None:
            continue
        if not is_noticed or number in lost or not page.diff(diff):
            page.state(board.state())


def as_seen(page):
    return repr(sorted(page.cells.items())), page.people, page.total


def as_told(cells, people):
    return repr(sorted(cells.items())), {str(slot): face for slot, face in people.faces.items()}, people.total


def test_what_alters_nothing_is_no_diff():
    board = Board("one", 0)
    assert board.publish({"a": 1})["cells"] == {"a": 1}
    assert board.publish({"a": 1}) is None
    assert board.seq == 1


def test_one_and_true_are_not_the_same():
    assert not same({"on": 1}, {"on": True})
    assert not same([1], [1.0])
    assert same({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]})
    board = Board("one", 0)
    board.publish({"a": 1})
    assert board.publish({"a": True})["cells"] == {"a": True}


def test_a_change_that_only_the_hidden_see_moves_no_number():
    board = Board("one", 3)
    board.publish({"a": 1}, is_noticed=False)
    assert board.state() == {"epoch": "one", "seq": 3, "cells": {"a": 1}}


def test_a_board_without_people_says_nothing_of_people():
    assert set(Board("one", 0).state()) == {"epoch", "seq", "cells"}
