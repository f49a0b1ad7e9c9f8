"""From everyone to hidden: the face is gone within one tick, and nothing later joins the past to the future."""

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from presence.core.changes import Activity, Enter, Leave, NodeDown, Profile, SignOut
from presence.core.people import Keys, User
from presence.core.roster import Roster
from presence.delivery.schedule import TICK_SECONDS
from tests.helpers.clients import choose_flag, post, without_tokens
from tests.security.test_invisible import picture_of, upload

PERSON_PARTS = ("people", "joins", "updates")


@pytest.fixture
def ada(site):
    """Ada, with a picture of her own, a flag and two tabs."""
    browser = site.browser("ada")
    upload(browser)
    choose_flag(browser, "BV")
    browser.tabs = [site.tab(browser, site.lessons[0]), site.tab(browser, site.lessons[1])]
    return browser


@pytest.fixture
def watchers(site):
    return [site.tab(name, place) for name, place in (("grace", site.lessons[0]), ("alan", site.lessons[-1]))]


def key_of(site):
    (key,) = {p["key"] for state in site.presence.states("") for p in state["people"] if p["name"] == "Ada"}
    return key


def frames(watchers):
    return [event for watcher in watchers for event in watcher.frames()]


def everything(site, watchers):
    """All that others get from now on: frames, states asked for, a reconnected page, pages, JSON."""
    texts = [json.dumps(frames(watchers))]
    for watcher in watchers:
        watcher.emit("resync", {"topic": ""})
    again = site.tab("grace", site.lessons[1])
    texts += [json.dumps(frames([*watchers, again]))]
    again.close()
    for name in ("grace", "margaret"):
        browser = site.browser(name)
        pages = ("/", *(f"/courses/{place}" for place in site.lessons[:3]))
        texts += [without_tokens(browser.get(path).text) for path in pages]
        texts += [browser.get(f"/presence?place={place}").text for place in ("", *site.lessons[:3])]
    return "\n".join(texts)


@pytest.mark.parametrize("visibility", ["hidden", "anonymous"])
def test_after_one_tick_nothing_carries_name_key_or_picture(site, ada, watchers, visibility):
    site.advance(1)
    key, picture = key_of(site), picture_of(site, "ada")
    frames(watchers)
    site.choose_visibility(ada, visibility)
    site.advance(TICK_SECONDS)
    leaves = [payload["leaves"] for _, payload in frames(watchers) if "leaves" in payload]
    assert leaves
    assert all(gone == [key] for gone in leaves)
    for lesson in (*site.lessons[:3], site.lessons[0]):
        for tab in ada.tabs:
            tab.emit("enter", {"place": lesson})
            tab.emit("activity", {"status": "away"})
        site.advance(1)
        later = everything(site, watchers)
        for trace in ("Ada", key, picture, picture_of(site, "ada"), '"BV"', "Bouvet Island"):
            assert trace not in later
    assert site.browser("grace").get(picture).status_code == 404


def test_a_user_who_comes_back_cannot_be_linked_to_the_past(site, ada, watchers):
    site.advance(100)
    before = key_of(site), picture_of(site, "ada")
    site.choose_visibility(ada, "hidden")
    site.advance(100)
    site.choose_visibility(ada, "everyone")
    site.advance(1)
    assert key_of(site) != before[0]
    assert picture_of(site, "ada") != before[1]
    (person,) = (p for p in site.presence.states("")[0]["people"] if p["name"] == "Ada")
    assert person["since"] >= int(site.clock()) - 1


@pytest.mark.parametrize("visibility", ["hidden", "anonymous"])
def test_an_unseen_users_place_does_not_choose_who_of_a_crowd_is_shown(site, watchers, visibility):
    """A sample has a cap; one who is not shown must not take a place in it."""
    from presence.core import topic

    crowd = [f"classmate-{number}" for number in range(5, 5 + topic.FAR_CAP - 2)]
    add_classmates(site, crowd)
    site.choose_visibility(ada := site.browser("ada"), visibility)
    site.tab(ada, site.lessons[0])
    for name in crowd:
        enter(site, name)
    site.advance(5)
    assert len(site.presence.states("")[0]["people"]) == topic.FAR_CAP


def add_classmates(site, names):
    with site.app.app_context():
        from accounts import sample_users

        sample_users.classmates(4 + len(names))


def enter(site, name):
    site.presence.node.append(Enter(f"{site.presence.node.id}/{name}", User(name, name), site.lessons[0]))


def test_a_choice_made_while_a_socket_connects_is_not_overtaken(site, watchers):
    """The answer to "who is this?" is old by the time it is used."""
    ada = site.browser("ada")
    identity, asked = site.presence.node.authenticator, []

    def slow(environ, of=identity.user):
        user = of(environ)
        if not asked:
            asked.append(user)
            site.choose_visibility(ada, "hidden")
        return user

    identity.user = slow
    tab = site.tab(ada, site.lessons[0])
    assert asked[0].visibility == "everyone"
    site.advance(1)
    assert "Ada" not in json.dumps(frames(watchers))
    assert tab.connected


def test_a_sign_out_while_a_socket_connects_is_not_overtaken(site):
    ada = site.browser("ada")
    same_session = site.app.test_client()
    same_session.set_cookie("session", ada.get_cookie("session").value)
    identity, asked = site.presence.node.authenticator, []

    def slow(environ, of=identity.user):
        user = of(environ)
        if not asked:
            asked.append(user)
            site.sign_out(same_session)
        return user

    identity.user = slow
    assert not site.tab(ada).connected


def test_an_event_that_comes_after_the_sign_out_does_not_bring_anyone_back(site, watchers):
    ada = site.browser("ada")
    tab = site.tab(ada, site.lessons[0])
    site.advance(1)
    frames(watchers)
    dispatcher, late = site.presence.node.dispatcher, []
    disconnect = dispatcher.disconnect_signed_out

    def slow():
        if not late and dispatcher._signed_out:
            late.append(None)
            late.append(tab.emit("enter", {"place": site.lessons[1]}))
        disconnect()

    dispatcher.disconnect_signed_out = slow
    site.sign_out(ada)
    assert late[1] == {"ok": False, "error": "This connection is closed."}
    site.advance(1)
    joined = [payload for _, payload in frames(watchers) if payload.get("joins") or payload.get("updates")]
    assert not joined


def test_a_deleted_account_leaves_presence_at_once(site, ada, watchers):
    site.advance(1)
    picture = picture_of(site, "ada")
    frames(watchers)
    assert post(ada, "/account", form="delete", password="learn-together").status_code == 303
    assert [tab.connected for tab in ada.tabs] == [False, False]
    site.advance(TICK_SECONDS)
    assert {len(payload["leaves"]) for _, payload in frames(watchers)} == {1}
    assert "Ada" not in everything(site, watchers)
    assert site.browser("grace").get(picture).status_code == 404


PLACES = st.sampled_from(["", "a", "a/x", "a/x/1", "a/x/2", "a/y/1", "b/x/1"])
PEOPLE = st.sampled_from(["u1", "u2", "u3"])
NUMBERS = st.integers(1, 5)
CHOICES = st.sampled_from(["everyone", "anonymous", "hidden"])


class Unseen(RuleBasedStateMachine):
    """Whatever happens in whatever order: who is published has chosen `everyone`, with the key of that choice."""

    def __init__(self):
        super().__init__()
        self.roster, self.now, self.keys = Roster(Keys(b"secret"), "epoch"), 1000.0, Keys(b"secret")
        self.users = {name: User(name, f"Name of {name}", alias="0", revision=1) for name in ("u1", "u2", "u3")}
        self.came = dict.fromkeys(self.users, 0.0)
        self.retired: set[str] = set()

    def apply(self, change):
        self.roster.apply(change, self.now)

    @rule(person=PEOPLE, number=NUMBERS, place=PLACES)
    def enter(self, person, number, place):
        user = self.users[person]
        self.apply(Enter(f"n/{person}-{number}", user, place, self.roster.standing(user, place).since))

    @rule(person=PEOPLE, number=NUMBERS, place=PLACES)
    def enter_by_a_process_that_has_not_heard(self, person, number, place):
        """Its socket was there before the choice; so was the person, in the roster that all share."""
        if person in self.roster.members:
            stale = User(person, "Old name", alias="0", revision=0)
            self.apply(Enter(f"n/{person}-{number}", stale, place))

    @rule(person=PEOPLE, choice=CHOICES)
    def choose(self, person, choice):
        before = self.users[person]
        alias = before.alias
        if before.visibility == "everyone" != choice:
            self.retired.add(self.keys.of(before))
            alias = str(int(alias) + 1)
        if choice == "everyone" != before.visibility:
            self.came[person] = self.now
        self.users[person] = User(person, before.name, "", "learner", choice, alias, "", before.revision + 1)
        self.apply(Profile(self.users[person]))

    @rule(person=PEOPLE, number=NUMBERS, grace=st.booleans())
    def leave(self, person, number, grace):
        self.apply(Leave(f"n/{person}-{number}", grace=grace))

    @rule(person=PEOPLE, number=NUMBERS, status=st.sampled_from(["active", "away"]))
    def activity(self, person, number, status):
        self.apply(Activity(f"n/{person}-{number}", status))

    @rule(person=PEOPLE)
    def sign_out(self, person):
        self.apply(SignOut(person))

    @rule()
    def node_down(self):
        self.apply(NodeDown("n"))

    @rule(seconds=st.sampled_from([0.05, 1.0, 5.0]))
    def advance(self, seconds):
        self.now += seconds
        self.roster.expire(self.now)

    @invariant()
    def only_those_who_chose_it_are_published(self):
        shown = {self.keys.of(user): user for user in self.users.values() if user.visibility == "everyone"}
        for path in list(self.roster.changed):
            diff = self.roster.publish(path) or {}
            for person in (*diff.get("joins", []), *diff.get("updates", [])):
                assert person["key"] not in self.retired
                assert person["name"] == shown[person["key"]].name
                assert person["since"] >= int(self.came[shown[person["key"]].id])
        for topic in self.roster.topics.values():
            assert {person["key"] for person in topic.state()["people"]} <= shown.keys()

    @invariant()
    def the_hidden_are_not_counted(self):
        counted = [m for m in self.roster.members.values() if self.users[m.user.id].visibility != "hidden"]
        assert self.roster.topic("").total == len(counted)


TestUnseen = Unseen.TestCase
TestUnseen.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize(("choice", "change"), [("anonymous", 0), ("hidden", -1)])
def test_what_a_choice_shows_of_itself_is_what_security_md_says(site, choice, change):
    ada, watcher = site.browser("ada"), site.tab("grace", site.lessons[0])
    site.tab(ada, site.lessons[0])
    site.advance(1)
    before = [payload["total"] for name, payload in watcher.frames() if "total" in payload][-1]
    site.choose_visibility(ada, choice)
    site.advance(1)
    diffs = [payload for name, payload in watcher.frames() if name == "presence_diff"]
    assert [(len(diff["leaves"]), diff["total"]) for diff in diffs] == [(1, before + change)] * 3
    assert all("joins" not in diff and "updates" not in diff for diff in diffs)
