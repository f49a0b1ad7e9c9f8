"""More people than there are slots: thirty share their pointers, and those who come later see them all the same."""

import pytest

from accounts import sample_users, sessions
from live.pointers.room import Pointers


@pytest.fixture
def crowd(site):
    """Pages of one person more than there are slots, in the order in which they have joined."""
    with site.app.app_context():
        users = sample_users.classmates(Pointers.cap + 1)
        cookies = [sessions.cookie(sessions.issue(user, simulated=True)).partition("=") for user in users]
    pages = []
    for name, _, value in cookies:
        browser = site.browser()
        browser.set_cookie(name, value)
        pages.append(site.tab(browser, site.lessons[0]))
        pages[-1].answer = pages[-1].join("pointers")
    site.advance(1)
    return pages


def test_one_who_comes_after_the_thirtieth_watches_and_is_not_told(site, crowd):
    late, first = crowd[-1], crowd[0]
    assert [page.answer["slots"]["pointers"] for page in crowd] == [*range(1, Pointers.cap + 1), None]
    late.signal("pointers", "at", [9])
    first.signal("pointers", "at", [2])
    site.advance(1)
    assert late.signals("pointers") == first.signals("pointers") == [{"at": {"1": [2]}}]
    assert late.attendance("pointers") == Pointers.cap + 1


def test_all_thirty_at_once_are_one_frame_a_tick(site, crowd):
    for turn in range(5):
        for page in crowd[:-1]:
            page.signal("pointers", "at", [turn])
    site.advance(1)
    # The first of all is told at once, and with the tick what has come since.
    first, rest = crowd[-1].signals("pointers")
    assert first == {"at": {"1": [0]}}
    assert set(map(tuple, rest["at"].values())) == {(4,)}
    assert len(rest["at"]) == Pointers.cap


def test_one_who_sends_without_end_is_bounded_and_the_others_notice_nothing(site, crowd):
    hasty, calm = crowd[0], crowd[1]
    for turn in range(60):
        hasty.signal("pointers", "at", [turn])
    calm.signal("pointers", "at", [7])
    site.advance(1)
    told = crowd[-1].signals("pointers")
    assert len(told) == 2
    assert told[-1]["at"] == {"1": [11], "2": [7]}


def test_when_one_leaves_one_who_watches_is_seen_with_a_slot_of_their_own(site, crowd):
    crowd[3].close()
    site.advance(20)
    crowd[-1].signal("pointers", "at", [9])
    site.advance(1)
    slot = crowd[-1].identities("pointers")[-1]["slot"]
    assert crowd[0].signals("pointers") == [{"at": {str(slot): [9]}}]
