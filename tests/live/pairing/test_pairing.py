""" "I can help": offered, accepted or not, seen by everyone as "pairing", and over in time."""

import pytest

from accounts.models import find
from app import as_present
from live.pairing.room import OFFER_SECONDS, PAIR_SECONDS
from tests.helpers.app import Site

GONE = "That person isn't here any more."
SHOW_YOURSELF = "To do this, let everyone see you: the choice is in your account settings."


class Reader:
    """Someone on a page that has joined the room."""

    def __init__(self, site, user, place=None, says=None):
        self.site, self.browser = site, site.browser(user)
        self.tab = site.tab(self.browser, site.lessons[0] if place is None else place)
        assert self.tab.join("pairing")["ok"]
        if says:
            assert self.tab.emit("company", {"says": says})["ok"]
        site.advance(2)
        self.key = next((one["key"] for one in self.tab.people() if one["name"].lower() == user), "")

    def do(self, name, **arguments):
        """Call the room. Returns the sentence that refuses it, if any."""
        self.site.advance(1)
        return self.tab.call("pairing", name, **arguments).get("error")

    def mine(self):
        self.site.advance(1)
        return self.tab.call("pairing", "mine")["reply"]

    def offers(self):
        return [person["name"] for person in self.mine()["offers"]]

    def status_of(self, name):
        self.site.advance(1)
        found = [one.get("company", {}).get("says") for one in self.tab.people() if one["name"] == name]
        return found[0] if found else "gone"

    def news(self):
        self.site.advance(1)
        return self.tab.cells("pairing").get("news")


@pytest.fixture
def reader(site):
    return lambda *arguments, **options: Reader(site, *arguments, **options)


@pytest.fixture
def pair(reader):
    """Ada is stuck, Grace has the lesson after hers open and has offered."""
    ada, grace = reader("ada", says="stuck here"), reader("grace", "web/state/diffs")
    assert grace.do("offer", to=ada.key) is None
    return ada, grace


@pytest.mark.parametrize("says", ["stuck here", "happy to pair"])
def test_an_offer_is_told_to_the_one_who_asked_and_to_no_one_else(reader, says):
    ada, grace, alan = reader("ada", says=says), reader("grace"), reader("alan")
    assert grace.do("offer", to=ada.key) is None
    assert ada.news()
    assert ada.offers() == ["Grace"]
    assert alan.news() is grace.news() is None
    assert alan.offers() == grace.offers() == []


def test_both_rows_say_pairing_for_everyone_and_the_link_is_the_same(tmp_path):
    site = Site(tmp_path, MEETING_URL="https://meet.example.org/{name}")
    ada, grace, alan = Reader(site, "ada", says="happy to pair"), Reader(site, "grace", ""), Reader(site, "alan", "web")
    grace.do("offer", to=ada.key)
    assert ada.do("accept", by=grace.key) is None
    assert [alan.status_of(name) for name in ("Ada", "Grace")] == ["pairing", "pairing"]
    mine, theirs = ada.mine()["pair"], grace.mine()["pair"]
    assert (mine["with"]["name"], theirs["with"]["name"]) == ("Grace", "Ada")
    assert mine["link"] == theirs["link"]
    assert mine["link"].startswith("https://meet.example.org/")
    assert len(mine["link"]) > 40
    assert alan.mine() == {"offers": [], "pair": None}


def test_without_a_setting_they_see_each_other_s_lesson(pair):
    ada, grace = pair
    ada.do("accept", by=grace.key)
    assert ada.mine()["pair"]["link"] is None
    assert ada.mine()["pair"]["with"]["places"] == ["web/state/diffs"]


def test_the_pairing_goes_along_to_another_lesson_and_through_a_reload(site, pair):
    ada, grace = pair
    ada.do("accept", by=grace.key)
    grace.tab.emit("enter", {"place": site.lessons[0]})
    assert ada.status_of("Grace") == "pairing"
    grace.tab.close()
    site.advance(2)
    grace.tab = site.tab(grace.browser, site.lessons[1])
    site.advance(5)
    assert [ada.status_of(name) for name in ("Ada", "Grace")] == ["pairing", "pairing"]
    assert ada.tab.emit("company", {"says": "stuck here"})["error"] == "You're pairing. End that first."


def test_it_is_over_after_half_an_hour(site, pair):
    ada, grace = pair
    ada.do("accept", by=grace.key)
    site.advance(PAIR_SECONDS - 20)
    assert ada.status_of("Grace") == "pairing"
    site.advance(20)
    assert [grace.status_of(name) for name in ("Ada", "Grace")] == [None, None]
    assert ada.mine()["pair"] is grace.mine()["pair"] is None


def leaves(site, one):
    one.tab.close()
    site.advance(5)


def hides(site, one):
    site.choose_visibility(one.browser, "hidden")
    site.advance(1)


def signs_out(site, one):
    site.sign_out(one.browser)
    site.advance(1)


def ends(site, one):
    assert one.do("end") is None


@pytest.mark.parametrize("stops", [leaves, hides, signs_out, ends])
@pytest.mark.parametrize("who", [0, 1])
def test_it_is_over_when_one_leaves_hides_or_ends_it(site, pair, stops, who):
    ada, grace = pair
    ada.do("accept", by=grace.key)
    stops(site, pair[who])
    other, name = (grace, "Grace") if who == 0 else (ada, "Ada")
    assert other.news()
    assert other.status_of(name) is None
    assert other.mine()["pair"] is None


def test_not_now_tells_the_helper_who_may_ask_again_in_five_minutes(site, pair):
    ada, grace = pair
    assert ada.do("decline", by=grace.key) is None
    assert grace.news()["declined_by"] == "Ada"
    assert ada.offers() == []
    assert ada.status_of("Ada") == "stuck here"
    assert grace.do("offer", to=ada.key) == "You've just offered to help Ada. Give them a few minutes."


def test_not_now_finds_a_helper_who_is_changing_lessons(site, pair):
    ada, grace = pair
    assert ada.do("decline", by=grace.key) is None
    grace.tab.enter(site.lessons[1])
    assert grace.tab.join("pairing")["ok"]
    assert grace.news()["declined_by"] == "Ada"
    site.advance(OFFER_SECONDS)
    assert grace.do("offer", to=ada.key) is None


def test_an_offer_is_over_in_five_minutes_or_with_the_helper(site, pair, reader):
    ada, grace = pair
    site.advance(OFFER_SECONDS)
    assert ada.offers() == []
    assert ada.do("accept", by=grace.key) == "That offer is over."
    grace.do("offer", to=ada.key)
    leaves(site, grace)
    assert ada.offers() == []


def test_what_cannot_be_offered_has_its_sentence(pair, reader):
    ada, grace = pair
    alan = reader("alan")
    assert ada.do("offer", to=alan.key) == "Alan isn't asking for company any more."
    assert alan.do("offer", to="0" * 20) == GONE
    assert ada.do("offer", to=ada.key) == "You can't offer help to yourself."
    assert ada.do("accept", by=alan.key) == "That offer is over."
    ada.do("accept", by=grace.key)
    assert alan.do("offer", to=ada.key) == "Ada is pairing already."
    alan.tab.emit("company", {"says": "happy to pair"})
    assert grace.do("offer", to=alan.key) == "You're pairing already."


@pytest.mark.parametrize("username", ["tim", "hedy"])
def test_who_is_out_of_sight_neither_helps_nor_is_helped(site, reader, username):
    ada, unseen = reader("ada", says="stuck here"), reader(username)
    with site.app.app_context():
        key = site.presence.node.keys.of(as_present(find(username)))
    for call, argument in (("offer", "to"), ("accept", "by"), ("decline", "by")):
        assert unseen.do(call, **{argument: ada.key}) == SHOW_YOURSELF
    assert ada.do("offer", to=key) == GONE
    assert unseen.mine() == {"offers": [], "pair": None}
    assert ada.news() is None


def test_an_offer_goes_with_who_goes_out_of_sight(site, pair):
    ada, grace = pair
    hides(site, grace)
    assert ada.offers() == []
    assert grace.key not in str(ada.mine())
