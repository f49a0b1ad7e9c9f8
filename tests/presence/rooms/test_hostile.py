"""Clients that send anything, and rooms whose own code misbehaves."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presence.rooms import Room, call, signal
from presence.rooms.cells import LimitExceeded
from tests.presence.rooms.examples import Lamp, Pointers, Tally

NAMES = st.sampled_from(["lamp", "tally", "arrows", "switch", "vote", "write", "at", "claps", "__class__", "load", ""])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | NAMES | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["__proto__", "on", "value", "name"]), inner),
    max_leaves=6,
)
PAYLOADS = JSON | st.fixed_dictionaries(
    {},
    optional={
        "rooms": JSON | st.lists(NAMES),
        "room": JSON | NAMES,
        "call": JSON | NAMES,
        "signal": JSON | NAMES,
        "with": JSON,
        "value": JSON,
    },
)
EVENTS = st.sampled_from(["room_join", "room_leave", "room_call", "room_signal"])


@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(EVENTS, PAYLOADS)
def test_whatever_is_sent_is_answered_by_a_sentence_or_done(hostile, event, payload):
    site, page = hostile
    site.advance(0.5)
    answer = page.emit(event, payload)
    assert answer["ok"] or answer["error"].endswith(".")
    assert answer.get("error") != "Something broke on our side. Try again."
    site.advance(0.5)
    assert page.connected


@pytest.fixture
def hostile(site, rooms):
    page = site.tab("ada", site.lessons[0])
    page.join("lamp", "tally", "arrows")
    return site, page


class Clumsy(Room):
    """Breaks what a room can break."""

    name = "clumsy"
    loaded: object = {}

    def load(self, place, audience):
        if isinstance(self.loaded, Exception):
            raise self.loaded
        return self.loaded

    @call(per_second=20, open_to="counted")
    def much(self, who, cells: int, size: int):
        self.put(who.place, {str(number): "x" * size for number in range(cells)})

    @call(per_second=20, open_to="counted")
    def odd(self, who):
        self.put(who.place, odd=float("nan"))

    @call(per_second=20, open_to="counted")
    def breaks(self, who):
        raise RuntimeError("a bug")

    @call(per_second=20, open_to="counted")
    def replies(self, who):
        return object()

    @signal(merge="sum")
    def texts(self, who, value: str):
        return value


@pytest.fixture
def clumsy(site):
    room = Clumsy(site.presence)
    room.page = site.tab("ada", site.lessons[0])
    room.page.join("clumsy")
    return room


BROKEN = {"ok": False, "error": "Something broke on our side. Try again."}


@pytest.mark.parametrize(
    ("name", "arguments"), [("much", (65, 1)), ("much", (1, 3000)), ("much", (20, 2000)), ("odd", ())]
)
def test_a_room_that_puts_too_much_is_told_in_tests_and_stopped_in_service(site, clumsy, caplog, name, arguments):
    arguments = dict(zip(("cells", "size"), arguments, strict=False))
    assert clumsy.page.call("clumsy", name, **arguments) == BROKEN
    site.app.testing = False
    with caplog.at_level(logging.ERROR):
        assert clumsy.page.call("clumsy", name, **arguments) == {"ok": True, "reply": None}
    assert "The room clumsy puts too much" in caplog.text
    site.advance(1)
    assert clumsy.page.cells("clumsy") == {}


@pytest.mark.parametrize("loaded", [{"a": "x" * 3000}, {"a": {1}}, {str(number): 1 for number in range(65)}])
def test_a_room_that_loads_too_much_does_not_stop_the_tick(site, clumsy, caplog, loaded):
    site.app.testing = False
    clumsy.loaded = loaded
    with caplog.at_level(logging.ERROR):
        clumsy.refresh(site.lessons[0])
        site.advance(1)
    assert "The room clumsy loads" in caplog.text
    assert len(clumsy.page.cells("clumsy")) <= 64
    clumsy.loaded = {"a": 1}
    clumsy.refresh(site.lessons[0])
    site.advance(1)
    assert clumsy.page.cells("clumsy") == {"a": 1}


def test_in_tests_a_room_that_loads_too_much_is_an_error(site, clumsy):
    clumsy.loaded = {"a": "x" * 3000}
    with pytest.raises(LimitExceeded, match="at most 2048"):
        clumsy.cells(site.lessons[0], "other")


def test_a_load_that_fails_leaves_what_was_known(site, clumsy, caplog):
    clumsy.loaded = {"a": 1}
    clumsy.refresh(site.lessons[0])
    clumsy.loaded = RuntimeError("no database")
    with caplog.at_level(logging.ERROR):
        clumsy.refresh(site.lessons[0])
        site.advance(1)
    assert "could not be loaded" in caplog.text
    assert clumsy.page.cells("clumsy") == {"a": 1}
    late = site.tab("grace", site.lessons[0])
    assert late.join("clumsy")["ok"]


@pytest.mark.parametrize("name", ["breaks", "replies"])
def test_a_call_that_breaks_is_answered(clumsy, name):
    assert clumsy.page.call("clumsy", name) == BROKEN


def test_a_sum_of_something_else_than_numbers_is_an_error_of_the_room(clumsy):
    assert clumsy.page.signal("clumsy", "texts", "a") == BROKEN


@pytest.mark.parametrize("name", ["", "a", "Lamp", "1lamp", "a" * 32, "la mp", None, 7])
def test_a_name_that_is_malformed_is_an_error_at_registration(site, name):
    with pytest.raises(ValueError, match="name of a room"):
        type("Odd", (Room,), {"name": name})(site.presence)


def test_a_name_that_is_taken_is_an_error_at_registration(site, rooms):
    with pytest.raises(ValueError, match="There is a room 'lamp' already"):
        Lamp(site.presence)


def test_a_signal_by_slot_needs_people(site):
    class Odd(Room):
        name = "odd"

        @signal
        def at(self, who, value: int): ...

    with pytest.raises(ValueError, match="has_people"):
        Odd(site.presence)


def test_thirty_pages_with_a_hundred_signals_each_are_bounded(site, rooms):
    pages = [site.tab(name, site.lessons[0]) for name in ("ada", "grace", "alan") for _ in range(5)]
    for page in pages:
        page.join("lamp")
    site.advance(1)
    taken = site.presence.rooms.signal_rate.taken
    for _ in range(90):
        for page in pages:
            page.signal("lamp", "claps", 1)
    assert site.presence.rooms.signal_rate.taken - taken <= 12 * len(pages)
    site.advance(0.1)
    assert len(pages[0].signals("lamp")) <= 2


def test_two_sites_do_not_share_their_rooms(site, tmp_path_factory):
    from tests.helpers.app import Site

    other = Site(tmp_path_factory.mktemp("other"))
    for one in (site, other):
        for room in (Lamp, Tally, Pointers):
            room(one.presence)
    assert site.presence.rooms.host.registered["lamp"] is not other.presence.rooms.host.registered["lamp"]
