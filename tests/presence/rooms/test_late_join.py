"""Calls whose join has not yet come back from a log outside of the process."""

import pytest

from presence.core.room_changes import Joined


@pytest.fixture
def late_log(site, monkeypatch):
    """A log that gives joins back only when the process waits, as one outside of the process may."""
    node, held = site.presence.node, []
    append = node.log.append

    def hold(change):
        if isinstance(change, Joined):
            held.append(change)
        else:
            append(change)

    def give_back(seconds):
        while held:
            append(held.pop(0))
        site.advance(seconds)

    monkeypatch.setattr(node.log, "append", hold)
    monkeypatch.setattr(node.server, "sleep", give_back)
    return held


def test_a_call_finds_the_slot_of_one_whose_join_is_still_in_the_log(late_log, page):
    ada = page("ada", "lamp")
    assert (ada.answer["slots"], len(late_log)) == ({"lamp": None}, 1)
    assert ada.call("lamp", "slowly") == {"ok": True, "reply": 1}


def test_a_call_does_not_wait_for_a_log_that_is_away(late_log, site, page, monkeypatch):
    ada = page("ada", "lamp")
    monkeypatch.setattr(site.presence.node.log, "disconnected", True)
    assert ada.call("lamp", "slowly") == {"ok": True, "reply": None}
