"""Watching together: one clock for everyone, and who may set it."""

import pytest

from live.watching.shared_clock import PLAY_MS
from tests.live.watching.conftest import PLACE, VIDEO


def test_the_clock_is_told_to_all_and_to_late_joiners(site, viewer):
    ada, grace = viewer("ada"), viewer("grace")
    assert ada.clock is None
    at = round(site.clock() * 1000) + PLAY_MS
    assert ada.order("play", at=1.5) is None
    assert ada.clock == grace.clock == {"playing": True, "at": 1.5, "since": at, "rate": 1.0}
    assert viewer("alan").clock == ada.clock


def test_the_room_tells_its_time(site, viewer):
    answer = viewer("ada").tab.call("watching", "clock")
    assert answer == {"ok": True, "reply": {"now": round(site.clock() * 1000)}}


def test_who_did_it_is_told_for_ten_seconds(site, viewer):
    ada, grace = viewer("ada"), viewer("grace")
    ada.order("pause")
    by = grace.now[f"{VIDEO}:by"]
    assert (by["by"]["name"], by["did"]) == ("Ada", "paused")
    site.advance(10)
    assert f"{VIDEO}:by" not in grace.now


def test_someone_anonymous_controls_without_a_name_or_a_trace_of_one(site, viewer):
    tim, grace = viewer("tim"), viewer("grace")
    assert tim.order("seek", at=3) is None
    assert grace.now[f"{VIDEO}:by"] == {"by": None, "did": "jumped to 0:03"}
    assert None in grace.tab.faces("watching").values()
    assert grace.tab.attendance("watching") == 2


def test_someone_hidden_watches_and_controls_nothing(site, viewer):
    grace, hedy = viewer("grace"), viewer("hedy")
    assert hedy.order("play") == "You are hidden: nobody would see it."
    assert hedy.tab.call("watching", "clock")["ok"]
    grace.order("play", at=2)
    assert hedy.clock == grace.clock
    assert grace.tab.attendance("watching") == 1
    assert hedy.do("say", words="hello") == "To do this, let everyone see you: the choice is in your account settings."


def test_an_instructor_who_leads_controls_alone_until_leaving(site, viewer):
    ada, margaret = viewer("ada"), viewer("margaret")
    assert margaret.do("lead", video=VIDEO, on=True) is None
    assert ada.now[f"{VIDEO}:lead"]["by"]["name"] == "Margaret"
    assert ada.order("play") == "Margaret is leading. Only they can control the video."
    assert margaret.order("play") is None
    margaret.tab.close()
    site.advance(10)
    assert f"{VIDEO}:lead" not in ada.now
    assert ada.order("pause") is None


def test_a_leader_who_is_no_instructor_any_more_can_only_give_the_controls_back(viewer, no_longer_instructor):
    ada, margaret = viewer("ada"), viewer("margaret")
    assert ada.do("lead", video=VIDEO, on=False) == "Only an instructor can lead."
    margaret.do("lead", video=VIDEO, on=True)
    no_longer_instructor("margaret")
    assert margaret.do("lead", video=VIDEO, on=True) == "Only an instructor can lead."
    assert margaret.do("lead", video=VIDEO, on=False) is None
    assert ada.order("play") is None
    assert margaret.do("lead", video=VIDEO, on=True) == "Only an instructor can lead."


def test_leading_ends_when_the_leader_goes_out_of_sight(site, viewer):
    ada = viewer("ada")
    browser = site.browser("margaret")
    viewer(browser).do("lead", video=VIDEO, on=True)
    site.choose_visibility(browser, "hidden")
    site.advance(1)
    assert f"{VIDEO}:lead" not in ada.now
    assert ada.order("pause") is None


def test_the_controls_can_be_given_back(viewer):
    ada, margaret = viewer("ada"), viewer("margaret")
    margaret.do("lead", video=VIDEO, on=True)
    assert margaret.do("lead", video=VIDEO, on=False) is None
    assert ada.order("pause") is None


def test_without_a_name_the_first_video_is_meant(site, viewer):
    ada, margaret = viewer("ada"), viewer("margaret")
    assert margaret.do("lead", video="", on=True) is None
    assert ada.do("control", video="", did="play") == "Margaret is leading. Only they can control the video."
    assert ada.order("play") == "Margaret is leading. Only they can control the video."
    assert margaret.do("control", video="", did="play") is None
    site.advance(1)
    assert ada.clock["playing"]
    assert "" not in ada.now


def test_a_learner_cannot_lead(viewer):
    assert viewer("ada").do("lead", video=VIDEO, on=True) == "Only an instructor can lead."


def test_four_orders_a_second_are_enough_for_a_room(site, viewer):
    viewers = [viewer(name) for name in ("ada", "grace", "alan", "katherine", "dennis")]
    orders = {"room": "watching", "call": "control", "with": {"video": VIDEO, "did": "pause"}}
    answers = [one.tab.emit("room_call", orders) for one in viewers]
    assert [answer["ok"] for answer in answers] == [True] * 4 + [False]
    assert answers[-1]["error"] == "Someone else is using the controls. Try again."
    assert (
        viewers[0]
        .tab.emit("room_call", orders)["error"]
        .startswith("Too many calls of 'control': at most 1 in a second")
    )


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        ({"video": "none", "did": "play"}, "There is no video 'none' on this lesson."),
        ({"video": VIDEO, "did": "dance"}, "The payload needs one of play, pause, seek or speed 'did'."),
        ({"did": "play"}, "The payload needs a text 'video'."),
        ({"video": VIDEO, "did": "seek", "at": "3"}, "The payload needs a number 'at'."),
        ({"video": VIDEO, "did": "seek", "at": None}, "The payload needs a number 'at'."),
        ({"video": VIDEO, "did": "seek", "at": 1e300}, "The number 'at' is too large."),
        ({"video": VIDEO, "did": "speed", "rate": 16}, "A speed is one of 0.75, 1, 1.25, 1.5, 2, not 16."),
        ({"video": VIDEO, "did": "speed", "rate": True}, "The payload needs a number 'rate'."),
    ],
)
def test_an_order_that_cannot_be_obeyed_changes_nothing(viewer, payload, sentence):
    ada = viewer("ada")
    assert ada.do("control", **payload) == sentence
    assert ada.clock is None


def test_a_position_beyond_the_video_is_its_end(viewer):
    ada = viewer("ada")
    ada.order("seek", at=1e6)
    assert ada.clock["at"] == 6.0
    ada.order("seek", at=-3)
    assert ada.clock["at"] == 0.0


def test_claps_are_summed_and_bounded(site, viewer):
    ada, grace, hedy = viewer("ada"), viewer("grace"), viewer("hedy")
    ada.tab.signal("watching", "burst", 1)
    grace.tab.signal("watching", "burst", 100)
    hedy.tab.signal("watching", "burst", 3)
    ada.tab.signal("watching", "burst", -5)
    site.advance(1)
    assert sum(signals["burst"] for signals in ada.tab.signals("watching")) == 4


def test_there_is_a_room_only_where_there_is_a_video(site, viewer):
    tab = site.tab("ada", site.lessons[0])
    answer = tab.emit("room_join", {"rooms": ["watching"]})
    assert answer["error"] == f"There is no room 'watching' at '{site.lessons[0]}'."


def test_the_page_says_how_many_watch(site, viewer):
    page = site.browser("katherine").get(f"/courses/{PLACE}").text
    assert '<span data-slot="watching-total"></span>' in page
    viewer("ada"), viewer("grace"), viewer("hedy")
    page = site.browser("katherine").get(f"/courses/{PLACE}").text
    assert '<span data-slot="watching-total">(2 are)</span>' in page
    assert "2 people are watching" in site.browser().get(f"/courses/{PLACE}").text


def test_a_room_that_everyone_has_left_is_forgotten(site, viewer):
    ada = viewer("ada")
    ada.order("play", at=1)
    ada.tab.close()
    site.advance(60)
    assert viewer("grace").clock is not None
