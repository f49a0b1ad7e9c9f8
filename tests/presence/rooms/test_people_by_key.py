"""Rooms and the people of the whole site: found by key, given a status, and the end of their cells is told."""

import pytest

from presence.rooms import Attendee, Room, call


class Notes(Room):
    """A room everywhere, whose cells of the site stay while their owner is on it."""

    name = "notes"

    def __init__(self, presence):
        super().__init__(presence)
        self.heard = []

    def opens_at(self, place):
        return True

    @call(per_second=9)
    def note(self, who: Attendee, words: str):
        self.put("", {words: who.key}, audience="kept back", of=who, while_here=True, until=self.now() + 60)

    def ended(self, place, audience, name, value):
        self.heard.append((place, audience, name, value))


@pytest.fixture
def notes(site):
    return Notes(site.presence)


@pytest.fixture
def ada(site, notes):
    """Ada's browser, with a page that has left a note."""
    browser = site.browser("ada")
    browser.page = site.tab(browser, site.lessons[0])
    browser.page.join("notes")
    assert browser.page.call("notes", "note", words="hello")["ok"]
    site.advance(1)
    browser.key = next(one["key"] for one in browser.page.people() if one["name"] == "Ada")
    return browser


def test_a_cell_of_the_site_stays_wherever_its_owner_goes_on_it(site, notes, ada):
    for place in ("", site.lessons[1], "web"):
        ada.page.emit("enter", {"place": place})
        site.advance(6)
        assert notes.cells("", "kept back") == {"hello": ada.key}
    ada.page.close()
    site.advance(5)
    assert notes.cells("", "kept back") == {}
    assert notes.heard == [("", "kept back", "hello", ada.key)]


@pytest.mark.parametrize("ends", ["in time", "by hiding"])
def test_the_end_of_a_cell_is_told_once(site, notes, ada, ends):
    if ends == "in time":
        site.advance(61)
    else:
        site.choose_visibility(ada, "hidden")
    site.advance(1)
    assert notes.heard == [("", "kept back", "hello", ada.key)]


def test_a_cell_that_the_room_deletes_has_not_ended_by_itself(site, notes, ada):
    notes.put("", hello=None, audience="kept back")
    site.advance(1)
    assert notes.heard == []


def test_an_error_in_what_follows_an_end_is_logged_and_stops_nothing(site, notes, ada, caplog):
    notes.ended = lambda *cell: 1 / 0
    site.advance(61)
    assert "The room notes could not do what follows the end of a cell." in caplog.text
    assert ada.page.call("notes", "note", words="again")["ok"]


def test_a_person_is_found_by_key_as_others_see_them_and_not_when_they_do_not(site, notes, ada):
    second = site.tab(ada, site.lessons[1])
    person, who = notes.person(ada.key), notes.attendee(ada.key)
    assert person["places"] == sorted(site.lessons[:2])
    assert (who.name, who.key) == ("Ada", ada.key)
    second.close()
    site.choose_visibility(ada, "anonymous")
    assert notes.person(ada.key) is notes.attendee(ada.key) is notes.person("") is None


def test_a_status_that_a_room_sets_holds_on_all_pages_and_goes_along(site, notes, ada):
    second = site.tab(ada, site.lessons[1])
    notes.set_status(ada.key, "pairing", site.clock() + 60)
    ada.page.emit("enter", {"place": site.lessons[2]})
    second.close()
    site.advance(5)
    assert notes.person(ada.key)["company"] == {"says": "pairing", "place": site.lessons[2]}
    notes.set_status("0" * 20, "pairing", site.clock() + 60)
    notes.set_status(ada.key, "")
    assert "company" not in notes.person(ada.key)
