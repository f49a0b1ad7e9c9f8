"""A room whose own code asks for nonsense, or without end, harms only itself: its neighbours on the lesson go on."""

import json
import math

import pytest

from presence.core.room_changes import Put
from presence.rooms import Room, call, signal
from presence.rooms.signal_messages import read

DEEP = json.loads("[" * 300 + "]" * 300)
SAID = ["odd", "web/rooms/join", "claps", "sum", ""]


class Odd(Room):
    """Does what a test tells it."""

    name = "odd"
    has_people = True
    loaded = staticmethod(dict)
    named = staticmethod(tuple)
    then = staticmethod(lambda name: None)

    def load(self, place, audience):
        return self.loaded()

    def audiences(self, who):
        return self.named()

    def ended(self, place, audience, name, value):
        self.then(name)

    @call(per_second=20)
    def do(self, who):
        return self.does(who)

    @signal(merge="sum")
    def claps(self, who, value: float):
        return self.does(who)

    @signal
    def at(self, who, value: float):
        return self.does(who)


@pytest.fixture
def odd(site, rooms):
    site.app.testing = False
    return Odd(site.presence)


@pytest.fixture
def ada(page, odd):
    return page("ada", "lamp", "odd")


def check_neighbours(site, page, ada):
    """A lamp on the lesson is switched and seen, by those who are there and by newcomers; cells end in time."""
    grace = page("grace", "lamp")
    assert grace.answer["ok"]
    site.advance(1)
    assert ada.call("lamp", "switch", on=True)["ok"]
    site.presence.rooms.host.registered["lamp"].put(site.lessons[0], soon=1, until=site.clock() + 5)
    site.advance(1)
    assert grace.cells("lamp").keys() == {"lamp", "soon"}
    site.advance(5)
    assert grace.cells("lamp").keys() == {"lamp"}
    grace.close()
    ada.close()
    site.advance(8000)
    site.advance(20)
    assert not site.presence.rooms.host.live


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        *[({"x": value}, {}) for value in (2**70, -(2**64), DEEP, {"a": [2**64]}, {1: {2: 2**65}})],
        *[({"x": 1}, {"until": moment}) for moment in (math.nan, math.inf, 1e300, 10**400, "soon", True)],
        *[({"x": 1}, {"keep": keep}) for keep in (0, -1, 1.5, "2", True)],
        *[({"x": 1}, {"audience": name}) for name in (None, 5, ("a",), "x" * 301, "\ud800")],
        *[({"x": 1}, {"place": place}) for place in (None, 5, "x" * 301, "\ud800")],
        ({5: 1}, {}),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_put_of_nonsense_is_refused(site, page, odd, ada, cells, options):
    odd.does = lambda who: odd.put(**{"place": who.place, "cells": cells, **options})
    assert ada.call("odd", "do")["ok"]
    site.advance(1)
    assert ada.cells("odd") == {}
    check_neighbours(site, page, ada)


@pytest.mark.parametrize("moment", [math.nan, math.inf, 1e300, "soon"], ids=str)
def test_a_moment_that_never_comes_is_refused(site, page, odd, ada, moment):
    def does(who):
        odd.refresh(who.place, at=moment)
        odd.set_status(who.key, "stuck here", until=moment)

    odd.does = does
    assert ada.call("odd", "do")["ok"]
    assert "stuck here" not in str(ada.events())
    check_neighbours(site, page, ada)


def test_a_status_that_there_is_not_is_refused(site, page, odd, ada):
    odd.does = lambda who: odd.set_status(who.key, "bored", until=site.clock() + 60)
    assert ada.call("odd", "do")["ok"]
    assert "bored" not in str(ada.events())


@pytest.mark.parametrize(
    "named", ["teaching", ["\ud800"], [5, None], ["x" * 301], [str(number) for number in range(65)]], ids=ascii
)
def test_audiences_that_cannot_be_are_left_out(site, page, odd, ada, named):
    odd.named = lambda: named
    assert page("alan", "odd").answer["ok"]
    assert len(site.presence.rooms.host.live["odd", site.lessons[0]].audiences) <= 65
    assert "t" not in site.presence.rooms.host.live["odd", site.lessons[0]].audiences


def test_audiences_without_end_come_to_one(site, page, odd):
    odd.named = lambda: iter(lambda: "again", None)
    assert page("alan", "odd").answer["ok"]


@pytest.mark.parametrize(
    "answer", [None, [], {"a": 2**70}, {"a": DEEP}, {"\ud800": 1}], ids=lambda value: ascii(value)[:9]
)
def test_cells_that_cannot_be_loaded_keep_no_one_out_of_other_rooms(site, page, odd, ada, answer):
    odd.loaded = lambda: answer
    odd.refresh(site.lessons[0])
    site.advance(1)
    check_neighbours(site, page, ada)


@pytest.mark.parametrize("value", [1e308, 10**400, 2**53, math.inf], ids=lambda value: str(value)[:9])
def test_a_sum_stays_a_number_that_a_page_can_read(site, page, odd, ada, value):
    odd.does = lambda who: value
    for _ in range(3):
        ada.signal("odd", "claps", 1.0)
    site.advance(1)
    assert all(told == {"claps": 2**53} for told in ada.signals("odd"))
    check_neighbours(site, page, ada)


@pytest.mark.parametrize("value", [2**70, DEEP], ids=["large", "deep"])
def test_a_signal_that_no_frame_can_hold_is_not_taken(site, page, odd, ada, value):
    odd.does = lambda who: value
    assert not ada.signal("odd", "at", 1.0)["ok"]
    for signals in ({"at": value}, {"claps": "many"}, {"claps": value}):
        with pytest.raises(ValueError, match="at|claps"):
            odd.tell(site.lessons[0], **signals)
    check_neighbours(site, page, ada)


@pytest.mark.parametrize(
    "said",
    [[], SAID, [*SAID, "many"], [*SAID, True], [*SAID[:3], "", "", DEEP], [1, *SAID], "odd", None, {"odd": 1}],
    ids=lambda said: str(said)[:40],
)
def test_a_signal_of_another_process_that_cannot_be_is_passed_over(said):
    text = json.dumps({"version": 1, "node": "b", "signals": [said, [*SAID, 3, "said by a newer version"]]})
    assert [signal.value for signal in read(text, "a")] == [3]


def test_a_cell_of_another_process_that_no_frame_can_hold_is_passed_over(site, page, odd, ada):
    until = site.clock() + 60
    site.presence.node.apply(Put("odd", site.lessons[0], {"x": DEEP, "y": 1}, until=until), site.clock())
    site.advance(1)
    assert ada.cells("odd") == {"y": 1}
    assert page("alan", "odd").answer["ok"]


def test_what_ends_and_is_put_again_waits_for_the_next_tick(site, page, odd, ada):
    """With room for one of two cells, each put ends the other."""
    ends = []

    def then(name):
        ends.append(name)
        assert len(ends) < 100
        odd.put(site.lessons[0], {name: 1}, keep=1)

    odd.then = then
    for name in ("a:1", "a:2"):
        odd.put(site.lessons[0], {name: 1}, keep=1)
    assert 0 < site.presence.rooms.next_due() - site.clock() <= 0.1
    site.advance(1)
    assert 1 < len(ends) < 30
    odd.then = Odd.then
    check_neighbours(site, page, ada)


@pytest.mark.parametrize("asks", ["loaded", "named"])
def test_code_that_is_asked_cannot_ask_to_be_asked_again(site, page, odd, ada, asks):
    asked = []

    def answer():
        asked.append(asks)
        odd.refresh(site.lessons[0]) if asks == "loaded" else odd.admit("1", site.lessons[0])
        return {"n": len(asked)} if asks == "loaded" else ()

    setattr(odd, asks, answer)
    odd.refresh(site.lessons[0])
    odd.admit("1", site.lessons[0])
    site.advance(1)
    assert 0 < len(asked) <= 2
    check_neighbours(site, page, ada)


def test_code_that_changes_what_it_has_read_changes_nothing(site, page, odd, ada):
    odd.put(site.lessons[0], x={"n": [1]})
    odd.cells(site.lessons[0])["x"]["n"].append(2)
    odd.cells(site.lessons[0])["y"] = 1
    assert odd.cells(site.lessons[0]) == {"x": {"n": [1]}}
    late = page("alan", "odd")
    assert late.cells("odd") == {"x": {"n": [1]}}


def test_a_room_that_cannot_be_published_does_not_stop_the_tick(site, page, odd, ada, monkeypatch):
    publish = site.presence.rooms.publisher._publish

    def break_down(live, now):
        if live.room is odd:
            raise RuntimeError("a bug")
        publish(live, now)

    monkeypatch.setattr(site.presence.rooms.publisher, "_publish", break_down)
    odd.put(site.lessons[0], x=1)
    check_neighbours(site, page, ada)


@pytest.mark.parametrize(
    ("attribute", "value"), [("tick", v) for v in (0, -1, math.nan, math.inf, "x", None, True, 1e9)]
)
def test_a_tick_is_a_time(site, rooms, attribute, value):
    refuse(site, {attribute: value}, "The tick of odd")


@pytest.mark.parametrize("value", [-1, 1.5, "x", True])
def test_a_cap_is_a_number_of_people(site, rooms, value):
    refuse(site, {"cap": value}, "The cap of odd")


def refuse(site, attributes, sentence):
    with pytest.raises(ValueError, match=sentence):
        type("Odder", (Odd,), attributes)(site.presence)


@pytest.mark.parametrize("rate", [0, -1, math.nan, math.inf, "x", None])
def test_a_rate_is_above_zero(rate):
    def method(self, who, value: int): ...

    with pytest.raises(ValueError, match="per_second is a number above 0"):
        call(per_second=rate)(method)
    with pytest.raises(ValueError, match="hz is a number above 0"):
        signal(hz=rate)(method)
    if rate is not None:
        with pytest.raises(ValueError, match="burst is a whole number above 0"):
            call(burst=rate)(method)
