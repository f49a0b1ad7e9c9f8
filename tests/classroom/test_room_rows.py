"""The live rooms on the system page: what a row says, and that none tells of someone hidden."""

import re

import pytest

from tests.helpers.app import Site
from tests.presence.rooms.examples import Lamp, Pointers, Tally


@pytest.fixture
def page(site):
    return opener(site)


def opener(site):
    """Makes three rooms at a site. Returns what opens a page of a user that joins some of them."""
    for room in (Lamp, Tally, Pointers):
        room(site.presence)

    def opened(user, *names):
        tab = site.tab(user, site.lessons[0])
        assert tab.join(*names)["ok"]
        return tab

    return opened


@pytest.fixture
def row(site):
    """Returns the numbers on the card of a room at the first lesson, by name."""

    def read(room):
        rates = site.app.extensions["room_rates"].rows()
        found = [one for one in rates if (one.room, one.place) == (room, site.lessons[0])]
        return dict(found[0].numbers) if found else None

    return read


def test_a_row_says_people_cells_sequence_signals_and_drops(site, page, row):
    ada = page("ada", "lamp")
    page("grace", "lamp")
    site.advance(1)
    ada.call("lamp", "switch", on=True)
    site.app.extensions["gauges"].read()
    for _ in range(5):
        ada.signal("lamp", "claps", 1)
    site.app.extensions["gauges"].read()
    numbers = row("lamp")
    assert int(numbers.pop("sequence")) > 0
    assert numbers == {"people": "2", "cells": "1", "signals/s": "1", "drops": "0"}


def test_a_signal_that_there_was_no_time_for_is_a_drop(site, page, row, monkeypatch):
    ada = page("ada", "lamp")
    monkeypatch.setattr(site.presence.rooms.signal_rate, "allow", lambda *_: False)
    ada.signal("lamp", "claps", 1)
    assert row("lamp")["drops"] == "1"


def test_a_room_that_does_not_say_who_is_in_it_has_no_people(page, row):
    page("ada", "tally")
    assert row("tally")["people"] == "–"


def test_the_page_shows_the_rows(site, page, margaret):
    assert "No room is in use right now." in margaret.get("/class/system").text
    page("ada", "lamp")
    for path in ("/class/system", "/class/system/numbers"):
        text = margaret.get(path).text
        assert re.search(rf"lamp <span[^>]*>{site.lessons[0]}<", text)
        assert "<dt>signals/s</dt><dd>0</dd>" in text


def test_a_room_that_only_someone_hidden_has_joined_is_no_row(page, row):
    page("hedy", "lamp", "tally", "pointers")
    assert row("lamp") is row("tally") is row("pointers") is None


def evening(site, page, with_hidden):
    """All rows after each step of an evening, in which a hidden reader does all there is to do, or is not there."""
    seen = []

    def look():
        site.app.extensions["gauges"].read()
        seen.append(site.app.extensions["room_rates"].rows())

    hedy = page("hedy", "tally", "lamp", "pointers") if with_hidden else None
    look()
    for _ in range(2):
        ada = page("ada", "lamp", "pointers")
        site.advance(1)
        if hedy:
            hedy.signal("lamp", "claps", 5)
            hedy.signal("pointers", "at", [1, 2])
            hedy.call("lamp", "switch", on=True)
            hedy.call("lamp", "remember")
        ada.signal("lamp", "claps", 1)
        ada.call("lamp", "switch", on=True)
        site.advance(1)
        look()
        ada.close()
        site.advance(700)
        look()
    return seen


def test_no_row_tells_of_someone_hidden(site, page, tmp_path):
    other = Site(tmp_path / "other")
    seen = evening(site, page, with_hidden=True)
    assert seen == evening(other, opener(other), with_hidden=False)
    assert any(seen)
