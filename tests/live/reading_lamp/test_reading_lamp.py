"""The reading lamp: what one reader of its lesson switches, the others see."""

import pytest

from live.reading_lamp.room import LESSON
from tests.helpers.app import Site


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path, CONTENT_DIR="")


@pytest.fixture
def page(site):
    def opened(user, place=LESSON):
        tab = site.tab(user, place)
        tab.answer = tab.join("reading-lamp")
        return tab

    return opened


def test_the_lamp_is_for_all_readers_of_the_lesson(site, page):
    ada, grace = page("ada"), page("grace")
    assert ada.call("reading-lamp", "switch", on=True, colour="cool")["ok"]
    site.advance(1)
    assert grace.cells("reading-lamp") == {"lamp": {"on": True, "colour": "cool", "by": "Ada"}}
    assert grace.attendance("reading-lamp") == 2
    said = grace.call("reading-lamp", "switch", on=True, colour="green")["error"]
    assert said == "The payload needs one of warm or cool 'colour'."


def test_someone_hidden_watches(page):
    assert not page("hedy").call("reading-lamp", "switch", on=True)["ok"]


def test_it_is_on_its_lesson_and_nowhere_else(site, page):
    assert page("ada").answer["ok"]
    assert not page("grace", "realtime/proof/clocks").answer["ok"]
    assert 'data-live="reading_lamp"' in site.browser("ada").get(f"/courses/{LESSON}").text
    guest = site.browser().get(f"/courses/{LESSON}").text
    assert "Reading lamp" in guest
    assert 'data-live="reading_lamp"' not in guest
    assert "Reading lamp" not in site.browser("ada").get("/courses/realtime/proof/clocks").text
