"""Waves: who may wave, at which people, how often, and that nothing of it stays."""

import json

import pytest

from live.wave.room import AGAIN_SECONDS, SHOWN_SECONDS

GONE = "That person isn't here any more."
SHOW_YOURSELF = "To do this, let everyone see you: the choice is in your account settings."


@pytest.fixture
def page(site):
    """Opens a page of someone, who has joined the room of waves."""

    def opened(user, place=None):
        tab = site.tab(user, site.lessons[0] if place is None else place)
        assert tab.join("wave")["ok"]
        site.advance(1)
        return tab

    return opened


def key_of(page, name):
    return next(person["key"] for person in page.people() if person["name"] == name)


def wave(page, name):
    return page.call("wave", "wave", to=key_of(page, name))


def waves(site, page):
    site.advance(1)
    return [cell["from"]["name"] for cell in page.cells("wave").values()]


@pytest.mark.parametrize("place", ["", "web", "web/rooms/join"])
def test_one_waves_from_anywhere_and_only_the_other_is_told(site, page, place):
    ada, grace, alan = page("ada"), page("grace", place), page("alan", place)
    assert wave(ada, "Grace") == {"ok": True, "reply": None}
    assert waves(site, grace) == ["Ada"]
    assert waves(site, alan) == waves(site, ada) == []


def test_all_pages_of_the_other_are_told_and_one_may_wave_back(site, page):
    browser = site.browser("grace")
    ada, first, second = page("ada"), page(browser, site.lessons[1]), page(browser, site.lessons[2])
    wave(ada, "Grace")
    assert waves(site, first) == waves(site, second) == ["Ada"]
    assert wave(second, "Ada")["ok"]
    assert waves(site, ada) == ["Grace"]


def test_a_wave_is_over_after_ten_seconds(site, page):
    ada, grace = page("ada"), page("grace")
    wave(ada, "Grace")
    site.advance(SHOWN_SECONDS + 1)
    assert waves(site, grace) == waves(site, page("grace")) == []


def test_one_waves_at_the_same_person_every_five_minutes(site, page):
    browser = site.browser("ada")
    ada, again, _grace, _alan = page(browser), page(browser, ""), page("grace"), page("alan")
    assert wave(ada, "Grace")["ok"]
    refused = wave(again, "Grace")["error"]
    assert refused == "You've just waved at Grace. You can wave again in 5 minutes."
    assert wave(ada, "Alan")["ok"]
    site.advance(AGAIN_SECONDS - 30)
    assert wave(ada, "Grace")["error"] == "You've just waved at Grace. You can wave again in a minute."
    site.advance(30)
    assert wave(ada, "Grace")["ok"]


def test_no_one_waves_at_someone_who_is_away_or_gone_or_at_themselves(site, page):
    ada, grace = page("ada"), page("grace")
    key = key_of(ada, "Grace")
    assert wave(ada, "Ada")["error"] == "You can't wave at yourself."
    grace.emit("activity", {"status": "away"})
    assert wave(ada, "Grace")["error"] == "Grace is away. Wave when they're back."
    site.advance(1)
    grace.close()
    site.advance(5)
    assert ada.call("wave", "wave", to=key)["error"] == GONE


@pytest.mark.parametrize("visibility", ["anonymous", "hidden"])
def test_who_is_out_of_sight_neither_waves_nor_is_waved_at(site, page, visibility):
    browser = site.browser("grace")
    ada, grace = page("ada"), page(browser)
    key = key_of(ada, "Grace")
    site.choose_visibility(browser, visibility)
    grace.join("wave")
    site.advance(1)
    grace.events()
    assert ada.call("wave", "wave", to=key)["error"] == ada.call("wave", "wave", to="0" * 20)["error"] == GONE
    assert grace.call("wave", "wave", to=key_of(ada, "Ada"))["error"] == SHOW_YOURSELF
    assert grace.call("wave", "wave", to=key)["error"] == SHOW_YOURSELF
    site.advance(1)
    assert "room_diff" not in str(ada.events()) + str(grace.events())


def test_a_wave_goes_with_who_goes_out_of_sight(site, page):
    browser = site.browser("ada")
    ada, grace = page(browser), page("grace")
    key = key_of(grace, "Ada")
    wave(ada, "Grace")
    assert waves(site, grace) == ["Ada"]
    site.choose_visibility(browser, "hidden")
    assert grace.cells("wave") == {}
    grace.events()
    site.advance(1)
    grace.join("wave")
    assert key not in json.dumps([event for event in grace.events() if event[0].startswith("room_")])


def test_while_the_log_is_away_a_wave_is_refused(site, page, monkeypatch):
    ada, _grace = page("ada"), page("grace")
    monkeypatch.setattr(site.presence.log, "disconnected", True)
    assert wave(ada, "Grace")["error"] == "The live view is paused. Try again in a moment."


def test_the_page_has_a_place_for_waves_and_a_switch(site, page):
    page("grace")
    html = site.browser("ada").get(f"/courses/{site.lessons[0]}").text
    assert 'data-setting="waves"' in html
    assert 'data-live="wave"' in html
    assert 'data-live="wave"' not in site.browser().get("/").text


def test_a_wave_finds_someone_who_is_changing_lessons(site, page):
    ada, grace = page("ada"), page("grace")
    assert wave(ada, "Grace")["ok"]
    grace.enter(site.lessons[1])
    assert grace.join("wave")["ok"]
    assert waves(site, grace) == ["Ada"]


def test_someone_who_hides_takes_back_the_wave_from_every_page(site, page):
    hers, others = site.browser("ada"), site.browser("grace")
    ada, first, second = page(hers), page(others), page(others, "")
    assert wave(ada, "Grace")["ok"]
    assert waves(site, first) == waves(site, second) == ["Ada"]
    site.choose_visibility(hers, "hidden")
    assert first.cells("wave") == second.cells("wave") == {}
