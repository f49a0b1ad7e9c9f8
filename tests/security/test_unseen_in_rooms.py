"""In a room, too, a user who goes out of sight is gone in the same step, and cannot be joined to who comes back."""

import json

import pytest

from accounts.models import find
from tests.presence.rooms.examples import Lamp, Pointers, Tally

HIDDEN = "You are hidden: nobody would see it."
SHOW_YOURSELF = "To do this, let everyone see you: the choice is in your account settings."


@pytest.fixture
def rooms(site):
    return {room.name: room for room in (Lamp(site.presence), Tally(site.presence), Pointers(site.presence))}


@pytest.fixture
def ada(site, rooms):
    """Ada's browser, with a page that has joined all rooms and left something in them."""
    browser = site.browser("ada")
    browser.page = site.tab(browser, site.lessons[0])
    browser.page.join(*rooms)
    browser.page.call("lamp", "switch", on=True)
    browser.page.call("lamp", "lead")
    return browser


@pytest.fixture
def grace(site, ada, rooms):
    page = site.tab("grace", site.lessons[0])
    page.join(*rooms)
    site.advance(1)
    return page


def key_of(page):
    return page.faces("lamp")["1"]["key"]


def traces(page):
    """Everything of the rooms that a page has heard since the last call."""
    return json.dumps([event for event in page.events() if event[0].startswith("room_")])


@pytest.mark.parametrize("visibility", ["hidden", "anonymous"])
def test_after_the_choice_no_frame_and_no_state_has_name_or_key(site, ada, grace, rooms, visibility):
    key = key_of(grace)
    # In the same tick, so that there is something to tell which has not been told.
    ada.page.call("lamp", "switch", on=False)
    ada.page.signal("arrows", "at", [7])
    ada.page.signal("arrows", "at", [8])
    grace.events()
    site.choose_visibility(ada, visibility)
    assert grace.cells("lamp") == {}
    late = site.tab("alan", site.lessons[0])
    late.join(*rooms)
    assert late.cells("lamp") == {}
    site.advance(5)
    for page in (grace, late):
        heard = traces(page)
        assert key not in heard
        assert "Ada" not in heard
        assert "[8]" not in heard
    assert rooms["lamp"].cells(site.lessons[0]) == {}


def test_the_hidden_have_no_slot_no_cell_and_no_signal(site, ada, grace, rooms):
    site.choose_visibility(ada, "hidden")
    site.advance(1)
    assert (grace.attendance("lamp"), rooms["lamp"].total(site.lessons[0])) == (1, 1)
    assert ada.page.identities("lamp")[-1]["slot"] is None
    grace.events()
    for name in ("switch", "lead"):
        answer = ada.page.call("lamp", name, **({"on": True} if name == "switch" else {}))
        assert answer == {"ok": False, "error": SHOW_YOURSELF if name == "switch" else HIDDEN}
    assert ada.page.call("lamp", "remember") == {"ok": False, "error": HIDDEN}
    assert ada.page.signal("lamp", "claps", 5) == {"ok": True}
    assert ada.page.signal("arrows", "at", [1]) == {"ok": True}
    assert ada.page.call("tally", "vote", option="a")["ok"]
    site.advance(5)
    assert traces(grace) == "[]"
    assert ada.page.cells("tally") == {"votes": 0, "tally": {}}


def test_the_anonymous_have_a_slot_without_a_face(site, ada, grace):
    site.choose_visibility(ada, "anonymous")
    site.advance(1)
    assert grace.faces("lamp")["3"] is None
    assert grace.attendance("lamp") == 2
    assert ada.page.identities("lamp")[-1]["slot"] == 3
    assert ada.page.call("lamp", "switch", on=True) == {"ok": False, "error": SHOW_YOURSELF}
    ada.page.signal("arrows", "at", [5])
    site.advance(1)
    assert grace.signals("arrows")[-1] == {"at": {"3": [5]}}


def test_a_user_who_becomes_visible_again_has_another_slot_than_before(site, ada, grace):
    slots = []
    for visibility in ("anonymous", "hidden", "everyone", "anonymous"):
        site.choose_visibility(ada, visibility)
        site.advance(2)
        slots.append(ada.page.identities("lamp")[-1]["slot"])
    assert slots == [3, None, 4, 5]
    site.advance(20)
    site.choose_visibility(ada, "everyone")
    site.advance(1)
    assert ada.page.identities("lamp")[-1]["slot"] == 1


def test_a_cell_of_someone_who_left_goes_when_they_hide(site, ada, grace, rooms):
    ada.page.close()
    site.advance(10)
    assert set(grace.cells("lamp")) == {"lamp"}
    site.choose_visibility(ada, "hidden")
    assert grace.cells("lamp") == {}


def test_a_cell_of_someone_whose_account_is_deleted_goes(site, ada, grace):
    with site.app.app_context():
        user_id = str(find("ada").id)
    site.presence.sign_out(user_id)
    assert grace.cells("lamp") == {}


def test_a_number_does_not_tell_what_happened_while_only_the_hidden_watched(site, rooms):
    def joined_after(watcher):
        lesson = site.lessons[2]
        if watcher:
            hidden = site.tab(watcher, lesson)
            hidden.join("lamp", "tally")
        for number in range(5):
            rooms["lamp"].put(lesson, note=number, until=site.clock() + 60)
            site.advance(1)
        if watcher:
            assert hidden.cells("lamp") == {"note": 4}
        page = site.tab("grace", lesson)
        page.join("lamp", "tally")
        states = [payload for name, payload in page.events() if name == "room_state"]
        if watcher:
            rooms["lamp"].put(lesson, note=7, until=site.clock() + 60)
            site.advance(1)
            assert hidden.cells("lamp") == {"note": 7}
            hidden.close()
        page.close()
        site.advance(700)
        return [(state["room"], state["cells"]) for state in states], [state["seq"] for state in states]

    without, with_hidden = joined_after(None), joined_after("hedy")
    assert without[0] == with_hidden[0]
    assert with_hidden[1][1] == without[1][1]


def test_what_someone_hidden_changes_delays_nothing_that_others_hear(site, rooms):
    """The durable cells are loaded once a tick at most; a load that only someone hidden has caused must not count."""

    def heard_after(vote, hidden_votes):
        tim, hedy = site.tab("tim", site.lessons[0]), site.tab("hedy", site.lessons[0])
        tim.join("tally")
        hedy.join("tally")
        site.advance(2)
        if hidden_votes:
            hedy.call("tally", "vote", option="a")
        site.advance(0.1)
        tim.events()
        tim.call("tally", "vote", option=vote)
        for moment in range(10):
            site.advance(0.1)
            if any(name == "room_diff" for name, _ in tim.events()):
                return moment
        raise AssertionError("Tim heard nothing.")

    assert heard_after("a", hidden_votes=False) == heard_after("b", hidden_votes=True)


def test_an_attendee_tells_only_what_others_may_know(site, rooms):
    seen = {}
    rooms["tally"].audiences = lambda who: seen.setdefault(who.role, who) and ()
    for name in ("hedy", "tim"):
        seen.clear()
        site.tab(name, site.lessons[0]).join("tally")
        (who,) = seen.values()
        assert (who.face, who.key, who.name) == (None, "", "")
        assert "User" not in repr(who)
