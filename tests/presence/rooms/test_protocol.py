"""The wire contract of the rooms, over the Socket.IO test client."""

import pytest

from presence.rooms import loader


def heard(page):
    """The room_ events that have come since the last call."""
    return [event for event in page.events() if event[0].startswith("room_")]


def test_joining_gives_the_slots_the_pace_and_one_state_for_each_audience(site, page):
    ada = page("ada", "lamp", "tally", "arrows")
    assert ada.answer == {"ok": True, "slots": {"lamp": 1, "arrows": 1}, "every": {"lamp": 100, "arrows": 100}}
    states = [payload for name, payload in heard(ada) if name == "room_state"]
    assert [(state["room"], state["audience"]) for state in states] == [("lamp", ""), ("tally", ""), ("arrows", "")]
    lamp, tally, _ = states
    assert set(lamp) == {"room", "place", "audience", "epoch", "seq", "cells", "people", "total"}
    assert set(tally) == {"room", "place", "audience", "epoch", "seq", "cells"}
    assert (lamp["place"], lamp["cells"], lamp["total"]) == (site.lessons[0], {}, 1)
    assert set(lamp["people"]["1"]) == {"key", "name", "avatar", "role"}
    assert lamp["people"]["1"]["name"] == "Ada"
    assert tally["cells"] == {"votes": 0}


def test_a_cell_is_told_at_once_and_then_once_a_tick(site, page):
    ada, grace = page("ada", "lamp"), page("grace", "lamp")
    site.advance(1)
    assert ada.call("lamp", "switch", on=True) == {"ok": True, "reply": None}
    key = grace.faces("lamp")["1"]["key"]
    assert grace.cells("lamp") == {"lamp": {"on": True, "colour": "warm", "by": key}}
    grace.events()
    ada.call("lamp", "switch", on=False)
    assert not heard(grace)
    site.advance(0.1)
    assert [name for name, _ in heard(grace)] == ["room_diff"]
    assert grace.cells("lamp")["lamp"]["on"] is False


def test_a_late_joiner_has_the_cells_and_the_next_diff_fits(site, page):
    ada = page("ada", "lamp")
    ada.call("lamp", "switch", on=True)
    site.advance(1)
    grace = page("grace", "lamp")
    assert grace.cells("lamp")["lamp"]["on"] is True
    site.advance(1)
    ada.call("lamp", "switch", on=False)
    assert grace.cells("lamp")["lamp"]["on"] is False


def test_people_come_and_go(site, page):
    ada = page("ada", "lamp")
    site.advance(1)
    grace = page("grace", "lamp")
    site.advance(1)
    assert {face["name"] for face in ada.faces("lamp").values()} == {"Ada", "Grace"}
    assert grace.leave("lamp") == {"ok": True}
    site.advance(1)
    assert [face["name"] for face in ada.faces("lamp").values()] == ["Ada"]
    assert ada.attendance("lamp") == 1
    grace.events()
    ada.call("lamp", "switch", on=True)
    assert not heard(grace)


def test_going_elsewhere_leaves_the_rooms(site, page):
    ada, grace = page("ada", "lamp"), page("grace", "lamp")
    site.advance(1)
    assert grace.emit("enter", {"place": site.lessons[1]}) == {"ok": True}
    site.advance(1)
    assert ada.attendance("lamp") == 1
    assert grace.call("lamp", "switch", on=True) == {"ok": False, "error": "Join the room 'lamp' first."}
    assert grace.join("lamp")["ok"]
    assert grace.attendance("lamp") == 1


def test_a_closed_page_leaves_after_its_grace(site, page):
    ada, grace = page("ada", "lamp"), page("grace", "lamp")
    site.advance(1)
    grace.close()
    site.advance(3)
    assert ada.attendance("lamp") == 2
    site.advance(3)
    assert ada.attendance("lamp") == 1


def test_a_reload_within_the_grace_keeps_the_slot_and_no_one_sees_it(site, page):
    ada, browser = page("ada", "lamp"), site.browser("grace")
    grace = page(browser, "lamp")
    site.advance(1)
    ada.events()
    grace.close()
    site.advance(2)
    assert page(browser, "lamp").answer["slots"] == {"lamp": 2}
    site.advance(20)
    assert not heard(ada)


def test_a_page_that_comes_back_and_does_not_join_leaves(site, page):
    ada, browser = page("ada", "lamp"), site.browser("grace")
    grace = page(browser, "lamp")
    site.advance(1)
    grace.close()
    site.advance(2)
    page(browser)
    site.advance(10)
    assert ada.attendance("lamp") == 1


def test_two_tabs_are_one_person_with_one_slot(site, page):
    browser = site.browser("ada")
    first, second = page(browser, "lamp"), page(browser, "lamp")
    assert first.answer["slots"] == second.answer["slots"] == {"lamp": 1}
    assert second.attendance("lamp") == 1
    second.close()
    site.advance(10)
    assert first.attendance("lamp") == 1


def test_joining_again_gives_the_state_again(page):
    ada = page("ada", "lamp", "tally")
    before = heard(ada)
    ada.events()
    assert ada.join("lamp", "tally") == ada.answer
    assert heard(ada) == before


def test_signals_are_summed_or_the_latest_of_each_slot_once_a_tick(site, page):
    ada, grace = page("ada", "lamp", "arrows"), page("grace", "lamp", "arrows")
    site.advance(1)
    ada.signal("lamp", "claps", 9)
    ada.signal("arrows", "at", [3])
    assert (grace.signals("lamp"), grace.signals("arrows")) == ([{"claps": 5}], [{"at": {"1": [3]}}])
    for value in (1, 2):
        ada.signal("lamp", "claps", value)
        grace.signal("lamp", "claps", value)
        ada.signal("arrows", "at", [value])
    grace.signal("arrows", "at", [1, 2, 3, 4])
    assert not grace.signals("lamp")
    site.advance(0.1)
    for one in (ada, grace):
        assert one.signals("lamp")[-1:] == [{"claps": 6}]
        assert one.signals("arrows")[-1:] == [{"at": {"1": [2], "2": [1, 2, 3, 4]}}]


def test_a_signal_of_null_says_gone_and_one_that_the_room_drops_says_nothing(site, page):
    ada, grace = page("ada", "arrows"), page("grace", "arrows")
    site.advance(1)
    ada.signal("arrows", "at", [1, 2])
    assert not grace.signals("arrows")
    ada.signal("arrows", "at", None)
    assert grace.signals("arrows") == [{"at": {"1": None}}]


def test_above_the_cap_one_hears_everything_and_signals_nothing(site, page):
    pages = [page(name, "arrows") for name in ("ada", "grace", "dennis")]
    dennis = pages[2]
    assert dennis.answer["slots"] == {"arrows": None}
    site.advance(1)
    assert dennis.attendance("arrows") == 3
    assert dennis.signal("arrows", "at", [1])["ok"]
    pages[0].signal("arrows", "at", [2])
    site.advance(1)
    assert dennis.signals("arrows") == [{"at": {"1": [2]}}]
    pages[1].leave("arrows")
    site.advance(1)
    assert [me["slot"] for me in dennis.identities("arrows")] == [3]
    dennis.signal("arrows", "at", [4])
    assert pages[0].signals("arrows")[-1] == {"at": {"3": [4]}}


def test_durable_cells_are_loaded_once_a_tick_and_audiences_follow(site, page, rooms):
    ada, grace = page("ada", "tally"), page("grace", "tally")
    site.advance(1)
    rooms["tally"].loads.clear()
    assert ada.call("tally", "vote", option="a") == {"ok": True, "reply": {"thanks": "a"}}
    assert ada.cells("tally") == {"votes": 1, "tally": {"a": 1}}
    assert grace.cells("tally") == {"votes": 1}
    grace.call("tally", "vote", option="b")
    site.advance(1)
    assert ada.cells("tally") == grace.cells("tally") == {"votes": 2, "tally": {"a": 1, "b": 1}}
    assert len(rooms["tally"].loads) <= 5


def test_many_votes_in_one_tick_are_one_load(site, page, rooms):
    pages = [page(name, "tally") for name in ("ada", "grace", "dennis", "margaret")]
    pages[0].call("tally", "vote", option="a")
    rooms["tally"].loads.clear()
    for one in pages[1:]:
        one.call("tally", "vote", option="b")
    assert not rooms["tally"].loads
    site.advance(0.5)
    assert sorted(audience for _, audience in rooms["tally"].loads) == ["", "teaching", "voted"]


def test_who_is_no_longer_in_an_audience_gets_it_once_more_without_cells(site, page, rooms):
    ada = page("ada", "tally")
    ada.call("tally", "vote", option="a")
    with site.app.app_context():
        (user_id,) = rooms["tally"].votes[site.lessons[0]]
    rooms["tally"].withdraw(user_id, site.lessons[0])
    site.advance(1)
    assert ada.cells("tally") == {"votes": 0}


def test_a_cell_goes_at_its_time(site, page, rooms):
    ada = page("ada", "lamp")
    site.advance(1)
    rooms["lamp"].put(site.lessons[0], soon=1, until=site.clock() + 5)
    rooms["lamp"].put(site.lessons[0], late=1)
    site.advance(1)
    assert ada.cells("lamp") == {"soon": 1, "late": 1}
    site.advance(5)
    assert ada.cells("lamp") == {"late": 1}
    site.advance(7200)
    assert ada.cells("lamp") == {}


def test_of_a_family_the_newest_stay(site, page, rooms):
    ada = page("ada", "lamp")
    for number in range(6):
        rooms["lamp"].put(site.lessons[0], {f"said:{number}": number}, keep=3)
        site.advance(0.2)
    assert ada.cells("lamp") == {"said:3": 3, "said:4": 4, "said:5": 5}


def test_a_cell_of_someone_who_is_here_goes_when_they_leave(site, page):
    ada, grace = page("ada", "lamp"), page("grace", "lamp")
    site.advance(1)
    grace.call("lamp", "lead")
    grace.call("lamp", "switch", on=True)
    site.advance(1)
    assert set(ada.cells("lamp")) == {"lead", "lamp"}
    grace.leave("lamp")
    site.advance(1)
    assert set(ada.cells("lamp")) == {"lamp"}


def test_first_paint_reads_what_holds_whether_or_not_anyone_is_there(site, page, rooms):
    lesson = site.lessons[0]
    with site.app.app_context():
        assert rooms["tally"].cells(lesson) == {"votes": 0}
        assert (rooms["lamp"].cells(lesson), rooms["lamp"].total(lesson)) == ({}, 0)
    page("ada", "lamp", "tally").call("lamp", "switch", on=True)
    assert rooms["lamp"].cells(lesson)["lamp"]["on"] is True
    assert rooms["lamp"].total(lesson) == 1
    assert rooms["tally"].cells(lesson) == {"votes": 0}


def test_the_server_may_signal_too(site, page, rooms):
    ada = page("ada", "lamp")
    rooms["lamp"].tell(site.lessons[0], wave={"to": 1}, claps=2)
    assert ada.signals("lamp") == [{"wave": {"to": 1}, "claps": 2}]


@pytest.mark.parametrize(
    ("event", "payload", "sentence"),
    [
        ("room_join", {"rooms": ["x"]}, "There is no room 'x'."),
        ("room_join", {"rooms": ["lamp", "x"]}, "There is no room 'x'."),
        ("room_join", {}, "The payload needs a list of texts 'rooms'."),
        ("room_join", {"rooms": "lamp"}, "The payload needs a list of texts 'rooms'."),
        ("room_join", {"rooms": [1]}, "The payload needs a list of texts 'rooms'."),
        ("room_join", {"rooms": []}, "Join 1 to 8 rooms, not 0."),
        ("room_join", {"rooms": ["lamp"] * 9}, "Join 1 to 8 rooms, not 9."),
        ("room_leave", {"room": "lamp"}, "Join the room 'lamp' first."),
        ("room_leave", {"room": "x"}, "There is no room 'x'."),
        ("room_call", {"room": "lamp", "call": "switch"}, "Join the room 'lamp' first."),
        ("room_call", {"room": "tally", "call": "dance"}, "The room 'tally' has no call 'dance'."),
        ("room_call", {"room": "tally", "call": "vote"}, "The payload needs one of a or b 'option'."),
        ("room_call", {"room": "tally", "call": "vote", "with": 3}, "The payload needs an object 'with'."),
        ("room_call", {"room": "tally", "call": "load"}, "The room 'tally' has no call 'load'."),
        ("room_call", {"room": "tally"}, "The payload needs a text 'call'."),
        ("room_call", {"call": "vote"}, "The payload needs a text 'room'."),
        ("room_signal", {"room": "tally", "signal": "at"}, "The room 'tally' has no signal 'at'."),
        ("room_signal", {"room": "lamp", "signal": "claps", "value": 1}, "Join the room 'lamp' first."),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(page, event, payload, sentence):
    ada = page("ada", "tally")
    assert ada.emit(event, payload) == {"ok": False, "error": sentence}


def test_a_room_that_is_not_open_here_is_refused_and_none_of_the_others_is_joined(site, page):
    section = site.lessons[0].rpartition("/")[0]
    ada = page("ada", "tally", "lamp", place=section)
    assert ada.answer == {"ok": False, "error": f"There is no room 'lamp' at {section!r}."}
    assert ada.call("tally", "vote", option="a")["error"] == "Join the room 'tally' first."
    assert ada.join("tally")["ok"]


def test_one_enters_a_place_before_one_joins(site, rooms):
    assert site.tab("ada").join("lamp") == {"ok": False, "error": "Enter a place first."}


def test_the_sentence_of_the_rooms_own_code_is_told(page):
    ada = page("ada", "lamp")
    answer = ada.call("lamp", "switch", on=True, colour="green")
    assert answer == {"ok": False, "error": "A lamp is warm or cool, not 'green'."}


def test_calls_have_a_rate_of_their_own(site, page):
    ada = page("ada", "lamp")
    assert [ada.call("lamp", "switch", on=True)["ok"] for _ in range(3)] == [True, True, False]
    assert ada.call("lamp", "switch", on=True)["error"] == "Too many calls of 'switch': at most 2 in a second."
    site.advance(1)
    assert ada.call("lamp", "switch", on=True)["ok"]


def test_a_slow_rate_lets_a_burst_through(site, page):
    ada = page("ada", "lamp")
    assert [ada.call("lamp", "slowly").get("reply") for _ in range(3)] == [1, 1, None]
    assert ada.call("lamp", "slowly")["error"] == "Too many calls of 'slowly': at most 1 in 2 seconds."
    site.advance(2)
    assert [ada.call("lamp", "slowly")["ok"] for _ in range(2)] == [True, False]


def test_signals_above_twelve_a_second_are_dropped_without_a_word(site, page):
    ada = page("ada", "lamp")
    site.advance(1)
    assert all(ada.signal("lamp", "claps", 1)["ok"] for _ in range(30))
    site.advance(0.1)
    assert sum(signals["claps"] for signals in ada.signals("lamp")) == 12
    assert ada.call("lamp", "switch", on=True)["ok"]


def test_a_hundred_events_of_all_kinds_hang_up(site, page):
    ada = page("ada", "lamp")
    for _ in range(120):
        if ada.connected:
            ada.signal("lamp", "claps", 1)
    assert not ada.connected


def test_when_all_have_left_nothing_is_kept(site, page, rooms):
    pages = [page(name, "lamp", "tally", "arrows") for name in ("ada", "grace", "tim")]
    pages[0].call("lamp", "switch", on=True)
    pages[0].call("tally", "vote", option="a")
    pages[1].signal("arrows", "at", [1])
    site.advance(1)
    for one in pages:
        one.close()
    for _ in range(70):
        site.advance(10)
    host, effects = site.presence.rooms.host, site.presence.rooms.effects
    assert (host.live, host.changed, host.exposed, host.stale, host.to_admit) == ({}, set(), set(), set(), {})
    assert effects.seating.is_empty
    assert site.presence.ticker._next_at() is None


def test_a_signal_tells_its_own_room_and_leaves_the_others_to_the_ticker(site, page):
    """With a hundred lessons in use, a signal would otherwise look at each of them."""
    ada, grace = page("ada", "lamp"), page("grace", "lamp", place=site.lessons[1])
    site.advance(1)
    for value in "ab":
        grace.call("lamp", "write", name="note", value=value)
    assert grace.cells("lamp") == {"note": "a"}
    # Past the tick, and no one has ticked yet.
    site.clock.now += 1
    ada.signal("lamp", "claps", 1)
    assert (ada.signals("lamp"), grace.cells("lamp")) == ([{"claps": 1}], {"note": "a"})
    site.presence.tick()
    assert grace.cells("lamp") == {"note": "b"}


def test_a_slow_load_is_a_line_in_the_log(page, caplog, monkeypatch):
    monkeypatch.setattr(loader, "SLOW_SECONDS", -1)
    page("ada", "tally")
    assert "The room tally took" in caplog.text
