"""Answers and reactions of simulated classmates go with them, and open pages are told at once."""

import pytest

from accounts import sessions
from accounts.models import find
from tests.live.conftest import PLACE, joined


@pytest.fixture
def alan(site):
    """A page of a simulated classmate."""
    with site.app.app_context():
        cookie = sessions.cookie(sessions.issue(find("alan"), simulated=True))
    browser = site.app.test_client()
    name, _, value = cookie.partition("=")
    browser.set_cookie(name, value)
    return joined(site.tab(browser, PLACE), "polls", "reactions")


def test_open_pages_are_told_when_the_simulated_go(site, alan):
    ada = joined(site.tab("ada", PLACE), "polls", "reactions")
    assert ada.call("reactions", "react", at="gaps", kind="clap", on=True)["ok"]
    assert alan.call("reactions", "react", at="gaps", kind="clap", on=True)["ok"]
    assert alan.call("polls", "answer", poll="after-a-gap", option="2")["ok"]
    site.advance(1)
    assert (ada.cells("reactions")["gaps"], ada.cells("polls")["after-a-gap"]["answers"]) == ({"clap": 2}, 1)
    for room in ("polls", "reactions"):
        assert alan.call(room, "forget") == {"ok": True, "reply": None}
    site.advance(1)
    assert (ada.cells("reactions")["gaps"], ada.cells("polls")["after-a-gap"]["answers"]) == ({"clap": 1}, 0)


@pytest.mark.parametrize("room", ["polls", "reactions"])
def test_no_one_else_may_ask_for_it(site, alan, room):
    alan.call("reactions", "react", at="gaps", kind="clap", on=True)
    margaret = joined(site.tab("margaret", PLACE), "polls", "reactions")
    assert margaret.call(room, "forget")["error"] == "Only a simulated classmate asks for that."
    site.advance(1)
    assert margaret.cells("reactions")["gaps"] == {"clap": 1}
