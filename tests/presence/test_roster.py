"""The roster and its topics against a model so simple that it can be believed: a list of pages, read from scratch."""

from collections import Counter
from dataclasses import dataclass, replace
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from presence.core import topic as topics
from presence.core.changes import Activity, Enter, Leave, NodeDown, Profile, SignOut, StudyStatus
from presence.core.people import STUDY_STATUSES, Keys, User
from presence.core.places import child_of, is_within
from presence.core.recent_profiles import KEPT_SECONDS
from presence.core.roster import GRACE_SECONDS, Roster
from presence.core.study_status import STATUS_SECONDS
from presence.core.visibility import becomes_visible

KEYS = Keys(b"secret")
PLACES = ["", "a", "a/x", "a/x/1", "a/x/2", "a/y/1", "b/x/1"]
TOPICS = ["", "a", "b", "a/x", "a/y", "b/x"]
users = st.sampled_from(["u1", "u2", "u3", "u4"])
numbers = st.integers(1, 9)


@dataclass
class Page:
    user_id: str
    place: str
    session: str
    arrived: float
    status: str = "active"
    closed_at: float | None = None
    says: str = ""
    until: float = 0.0

    def say(self, says="", until=0.0):
        self.says, self.until = (says, until) if says else ("", 0.0)


def is_lesson(place):
    return place.count("/") == 2


class RosterMachine(RuleBasedStateMachine):
    """Any interleaving of changes and time; `seen` is what a client of every topic has put together."""

    def __init__(self):
        super().__init__()
        self.roster, self.now = Roster(KEYS, "epoch"), 1000.0
        self.users = {f"u{n}": User(f"u{n}", f"Name {n}") for n in range(1, 5)}
        self.pages: dict[str, Page] = {}
        self.since: dict[str, float] = {}
        self.seen = {topic: {"seq": 0, "people": {}, "counts": {}, "total": 0} for topic in TOPICS}

    def apply(self, change):
        self.roster.apply(change, self.now)

    def pages_of(self, user_id):
        return {name: page for name, page in self.pages.items() if page.user_id == user_id}

    def drop(self, names):
        for name in list(names):
            page = self.pages.pop(name)
            if not self.pages_of(page.user_id):
                del self.since[page.user_id]

    @rule(
        user_id=users, number=numbers, place=st.sampled_from(PLACES), session=st.sampled_from("st"), tell=st.booleans()
    )
    def enter(self, user_id, number, place, session, tell):
        name = f"node{number % 2}/{user_id}-{number}"
        page = self.pages.get(name)
        session = page.session if page else session
        says, until = self.said(user_id, place) if tell else (None, 0.0)
        arrived = self.arrived(user_id, place)
        there_since = self.now if arrived is None else arrived
        user = replace(self.users[user_id], session=session)
        self.apply(Enter(name, user, place, says=says, until=until, arrived=arrived if tell else None))
        if page is None:
            closed = [n for n, p in self.pages_of(user_id).items() if p.closed_at is not None]
            closed.sort(key=lambda n: (self.pages[n].place == place, self.pages[n].closed_at), reverse=True)
            self.since.setdefault(user_id, self.now)
            self.pages[name] = Page(user_id, place, session, there_since)
            if closed:
                gone = [n for n in closed if n == closed[0] or self.same_rank(n, closed[0], place)][0]
                self.drop([gone])
        else:
            if page.place != place:
                page.say()
                page.arrived = there_since
            page.place, page.closed_at = place, None
        if tell:
            self.pages[name].say(says, until)
            self.clear_the_statuses_of_the_unseen()

    def arrived(self, user_id, place):
        """The moment when a user came to a place, which a page that opens there has to repeat."""
        arrived = min((p.arrived for p in self.pages_of(user_id).values() if p.place == place), default=None)
        assert self.roster.standing(self.users[user_id], place).arrived == arrived
        return arrived

    def said(self, user_id, place):
        """The status that a page which opens has to repeat: that of its user's other pages there."""
        tabs = [page for page in self.pages_of(user_id).values() if page.place == place and page.says]
        said = max(((page.says, page.until) for page in tabs), key=lambda said: said[1], default=("", 0.0))
        assert self.roster.said(self.users[user_id], place) == said
        assert self.roster.standing(self.users[user_id], place)[1:3] == said
        return said

    def clear_the_statuses_of_the_unseen(self):
        for page in self.pages.values():
            if self.users[page.user_id].visibility != "everyone":
                page.say()

    @rule(user_id=users, number=numbers, says=st.sampled_from(["", *STUDY_STATUSES]))
    def company(self, user_id, number, says):
        name = f"node{number % 2}/{user_id}-{number}"
        place = self.pages[name].place if name in self.pages else "a/x/1"
        self.apply(StudyStatus(name, user_id, place, says, self.now + STATUS_SECONDS))
        for page in self.pages_of(user_id).values():
            if page.place == place:
                page.say(says, self.now + STATUS_SECONDS)
        self.clear_the_statuses_of_the_unseen()
        self.now += 0.001

    def same_rank(self, one, other, place):
        one, other = self.pages[one], self.pages[other]
        return (one.place == place, one.closed_at) == (other.place == place, other.closed_at)

    @rule(user_id=users, number=numbers)
    def leave(self, user_id, number):
        name = f"node{number % 2}/{user_id}-{number}"
        self.apply(Leave(name))
        if name in self.pages and self.pages[name].closed_at is None:
            self.pages[name].closed_at = self.now
            self.now += 0.001

    @rule(user_id=users, number=numbers, status=st.sampled_from(["active", "away"]))
    def activity(self, user_id, number, status):
        name = f"node{number % 2}/{user_id}-{number}"
        self.apply(Activity(name, status))
        if name in self.pages and self.pages[name].closed_at is None:
            self.pages[name].status = status

    @rule(
        user_id=users,
        name=st.sampled_from(["One", "Two"]),
        visibility=st.sampled_from(["everyone", "anonymous", "hidden"]),
        alias=st.sampled_from(["", "z"]),
    )
    def profile(self, user_id, name, visibility, alias):
        before = self.users[user_id]
        self.users[user_id] = User(user_id, name, visibility=visibility, alias=alias)
        self.apply(Profile(self.users[user_id]))
        self.clear_the_statuses_of_the_unseen()
        if user_id in self.since and becomes_visible(before, self.users[user_id]):
            self.since[user_id] = self.now
            for page in self.pages_of(user_id).values():
                page.say()

    @rule(user_id=users, session=st.sampled_from(["s", "t", None]), keep=st.sampled_from(["s", None]))
    def sign_out(self, user_id, session, keep):
        self.apply(SignOut(user_id, session, keep))
        pages = self.pages_of(user_id).items()
        self.drop(name for name, p in pages if (p.session == session if session else p.session != keep))

    @rule(node=st.sampled_from(["node0", "node1"]))
    def node_down(self, node):
        self.apply(NodeDown(node))
        for name, page in self.pages.items():
            if name.startswith(node + "/") and page.closed_at is None:
                page.closed_at = self.now
        self.now += 0.001

    @rule(seconds=st.sampled_from([0.5, 2.0, 3.9, 4.1, STATUS_SECONDS]))
    def time(self, seconds):
        self.now += seconds
        self.roster.expire(self.now)
        pages = list(self.pages.items())
        self.drop(n for n, p in pages if p.closed_at is not None and p.closed_at + GRACE_SECONDS <= self.now)
        for page in self.pages.values():
            if page.until <= self.now:
                page.say()

    @rule(topic=st.sampled_from(TOPICS))
    def publish(self, topic):
        self.receive(topic, self.roster.publish(topic))

    def receive(self, path, diff):
        if diff is None:
            return
        seen = self.seen[path]
        # A topic that was let go meanwhile goes on above: a client that still has the old state is told to ask again.
        if diff["seq"] != seen["seq"] + 1:
            assert diff["seq"] > seen["seq"]
            assert not seen["people"]
            assert not seen["total"]
        seen["seq"], seen["total"] = diff["seq"], diff["total"]
        for key in diff.get("leaves", []):
            del seen["people"][key]
        for person in diff.get("updates", []):
            assert person["key"] in seen["people"]
            assert person != seen["people"][person["key"]]
            seen["people"][person["key"]] = person
        for person in diff.get("joins", []):
            assert person["key"] not in seen["people"]
            seen["people"][person["key"]] = person
        seen["counts"] = {child: n for child, n in {**seen["counts"], **diff.get("counts", {})}.items() if n}
        assert set(diff) <= {"topic", "epoch", "seq", "joins", "updates", "leaves", "counts", "total"}
        assert all(diff[part] for part in ("joins", "updates", "leaves", "counts") if part in diff)

    @invariant()
    def state_is_what_the_diffs_have_told(self):
        for path, seen in self.seen.items():
            state = self.roster.topic(path).state()
            assert {person["key"]: person for person in state["people"]} == seen["people"]
            assert (state["counts"], state["total"]) == (seen["counts"], seen["total"])

    @invariant()
    def everything_unpublished_is_marked(self):
        for path in set(TOPICS) - self.roster.changed:
            assert self.seen[path]["people"] == self.expected(path)["people"]

    @rule()
    def tell_all_and_compare(self):
        for path in TOPICS:
            self.publish(path)
            expected = self.expected(path)
            assert {name: self.seen[path][name] for name in expected} == expected
            assert self.roster.publish(path) is None

    def expected(self, topic):
        """A topic as everyone else may know it, counted from scratch."""
        inside: dict[str, list[str]] = {}
        for page in self.pages.values():
            if self.users[page.user_id].visibility != "hidden" and is_within(topic, page.place):
                inside.setdefault(page.user_id, []).append(page.place)
        children = Counter(
            child for places in inside.values() for child in {child_of(topic, place) for place in places} if child
        )
        people = {}
        for user_id, places in inside.items():
            user = self.users[user_id]
            if user.visibility == "everyone":
                active = any(page.status == "active" for page in self.pages_of(user_id).values())
                people[KEYS.of(user)] = {
                    "key": KEYS.of(user),
                    "name": user.name,
                    "avatar": "",
                    "role": "learner",
                    "places": sorted(set(places)),
                    "status": "active" if active else "away",
                    "since": int(self.since[user_id]),
                }
                people[KEYS.of(user)] |= self.expected_company(user_id, places)
                people[KEYS.of(user)] |= self.expected_arrived(user_id, topic, places)
        return {"people": people, "counts": dict(children), "total": len(inside)}

    def expected_arrived(self, user_id, topic, places):
        """On each lesson of a section, if that was later than they came to the site."""
        moments = {place.rpartition("/")[2]: int(self.arrived(user_id, place)) for place in places if is_lesson(place)}
        later = {slug: moment for slug, moment in moments.items() if moment > int(self.since[user_id])}
        return {"arrived": later} if later and topic.count("/") == 1 else {}

    def expected_company(self, user_id, places):
        saying = {n: page for n, page in self.pages_of(user_id).items() if page.says}
        last = max(saying, key=lambda name: (saying[name].until, name), default=None)
        if last is None or saying[last].place not in places:
            return {}
        return {"company": {"says": saying[last].says, "place": saying[last].place}}

    def teardown(self):
        """After everyone has left, every container is empty."""
        for name in list(self.pages):
            self.apply(Leave(name))
        self.roster.expire(self.now + GRACE_SECONDS + 1)
        for path in TOPICS:
            self.roster.publish(path)
        leftovers = (self.roster.connections, self.roster.members, self.roster.topics, self.roster.changed)
        assert not any(leftovers), leftovers
        assert not len(self.roster.graces)
        assert not len(self.roster._statuses)


TestAnyInterleaving = RosterMachine.TestCase
TestAnyInterleaving.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def crowd(count, place="a/x/1"):
    roster = Roster(KEYS, "epoch")
    for number in range(count):
        roster.apply(Enter(f"n/{number}", User(str(number), f"Name {number}"), place), 1000.0 + number)
    return roster


@pytest.mark.parametrize(("path", "cap"), [("a/x", topics.NEAR_CAP), ("a", topics.FAR_CAP), ("", topics.FAR_CAP)])
def test_a_crowd_costs_no_more_than_the_cap_and_is_counted_exactly(path, cap):
    roster = crowd(300)
    diff = roster.publish(path)
    assert len(diff["joins"]) == cap
    assert diff["total"] == 300
    assert sum(diff["counts"].values()) == 300


def test_a_place_in_the_sample_that_becomes_free_is_taken():
    with mock.patch.object(topics, "NEAR_CAP", 2):
        roster = crowd(3)
        roster.publish("a/x")
        roster.apply(Leave("n/0"), 2000.0)
        roster.expire(2010.0)
        diff = roster.publish("a/x")
    assert diff["leaves"] == [KEYS.of(User("0", ""))]
    assert [person["name"] for person in diff["joins"]] == ["Name 2"]


def test_a_change_that_comes_undone_within_a_tick_says_nothing():
    roster = crowd(2)
    roster.publish("a/x")
    roster.apply(Activity("n/0", "away"), 2000.0)
    roster.apply(Activity("n/0", "active"), 2000.1)
    assert roster.publish("a/x") is None


def test_a_late_leave_cannot_remove_a_newer_tab():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/old", ada, "a/x/1"), 1.0)
    roster.apply(Enter("n/new", ada, "a/x/1"), 2.0)
    roster.apply(Leave("n/old"), 3.0)
    roster.expire(100.0)
    assert roster.topic("a/x").total == 1


def test_a_reload_keeps_the_person_and_moves_nothing():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/old", ada, "a/x/1"), 1.0)
    first = roster.publish("a/x")["joins"]
    roster.apply(Leave("n/old"), 2.0)
    assert roster.publish("a/x") is None
    roster.apply(Enter("n/new", ada, "a/x/1"), 3.0)
    assert roster.publish("a/x") is None
    roster.expire(100.0)
    assert roster.publish("a/x") is None
    assert roster.topic("a/x").state()["people"] == first
    assert roster.graces_saved == 1


def test_a_page_that_comes_back_elsewhere_is_a_move_and_not_a_second_place():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/old", ada, "a/x/1"), 1.0)
    roster.publish("a/x")
    roster.apply(Leave("n/old"), 2.0)
    roster.apply(Enter("n/new", ada, "a/x/2"), 2.5)
    assert [person["places"] for person in roster.publish("a/x")["updates"]] == [["a/x/2"]]


def test_becoming_visible_does_not_tell_how_long_a_user_was_here_unseen():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada", visibility="hidden")
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    roster.apply(Profile(replace(ada, visibility="everyone")), 2000.0)
    assert roster.publish("a/x")["joins"][0]["since"] == 2000


def test_a_process_that_knows_less_cannot_undo_a_choice():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada", revision=1)
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    roster.apply(Profile(replace(ada, visibility="hidden", revision=2)), 1001.0)
    roster.apply(Enter("n/1", ada, "a/x/2"), 1002.0)
    roster.apply(Profile(ada), 1003.0)
    assert roster.publish("a/x") is None


def test_a_dead_process_takes_no_one_along_who_comes_back_within_the_grace():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    roster.publish("a/x")
    roster.apply(NodeDown("n"), 1010.0)
    roster.apply(NodeDown("n"), 1011.0)
    assert roster.next_expiry() == 1010.0 + GRACE_SECONDS
    roster.apply(Enter("n/1", ada, "a/x/1"), 1012.0)
    roster.expire(1100.0)
    assert roster.publish("a/x") is None


def test_an_enter_tells_since_when_and_how():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/1", ada, "a/x/1", since=500.0, status="away"), 1000.0)
    roster.apply(Enter("m/1", ada, "a/x/1", status="away"), 1001.0)
    roster.apply(Leave("n/1", grace=False), 1002.0)
    person = roster.publish("a/x")["joins"][0]
    assert (person["since"], person["status"], roster.standing(ada, "").since) == (500, "away", 500.0)


def test_since_is_told_only_of_people_who_are_here_and_were_seen_as_they_are_now():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada", alias="0", revision=1)
    assert roster.standing(ada, "").since is None
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    assert roster.standing(ada, "").since == 1000.0
    assert roster.standing(replace(ada, alias="1", revision=3), "").since is None
    roster.apply(Profile(replace(ada, visibility="hidden", alias="1", revision=2)), 1100.0)
    assert roster.standing(replace(ada, alias="1", revision=3), "").since is None


def test_a_return_that_was_all_that_was_heard_of_is_a_new_time_and_key():
    """The profile in between, by which someone went out of sight, was lost."""
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada", alias="0", revision=1)
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    (before,) = roster.publish("a/x")["joins"]
    roster.apply(Profile(replace(ada, alias="1", revision=3)), 1100.0)
    diff = roster.publish("a/x")
    assert diff["leaves"] == [before["key"]]
    assert diff["joins"][0]["since"] == 1100


def test_an_enter_from_before_a_choice_is_taken_as_after_it():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada", revision=1)
    roster.apply(Profile(replace(ada, visibility="hidden", alias="1", revision=2)), 1000.0)
    roster.apply(Enter("n/1", ada, "a/x/1"), 1001.0)
    assert roster.publish("a/x") is None


def test_a_choice_is_forgotten_after_a_while_and_with_its_account():
    bo = User("1", "Bo", revision=1)
    for forget in (
        lambda roster: roster.expire(1000.0 + KEPT_SECONDS),
        lambda roster: roster.apply(SignOut("1"), 1001.0),
    ):
        roster = Roster(KEYS, "epoch")
        roster.apply(Profile(User("1", "Ada", visibility="hidden", revision=5)), 1000.0)
        forget(roster)
        # A database may give the number of a deleted account to the next one.
        roster.apply(Enter("n/1", bo, "a/x/1"), 1002.0)
        assert [person["name"] for person in roster.publish("a/x")["joins"]] == ["Bo"]


def test_a_section_tells_when_each_person_came_to_a_lesson():
    roster, ada = Roster(KEYS, "epoch"), User("1", "Ada")
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    assert "arrived" not in roster.publish("a/x")["joins"][0]
    roster.apply(Enter("n/1", ada, "a/x/2"), 1060.7)
    assert roster.publish("a/x")["updates"][0]["arrived"] == {"2": 1060}
    assert "arrived" not in roster.publish("")["joins"][0]


def test_the_time_of_coming_to_a_lesson_unseen_is_never_told():
    ada = User("1", "Ada")
    roster, hidden = Roster(KEYS, "epoch"), replace(ada, visibility="hidden", revision=1)
    roster.apply(Enter("n/1", ada, "a/x/1"), 1000.0)
    roster.apply(Profile(hidden), 1010.0)
    roster.apply(Enter("n/1", hidden, "a/x/2"), 1020.0)
    roster.publish("a/x")
    roster.apply(Profile(replace(ada, revision=2)), 1090.0)
    person = roster.publish("a/x")["joins"][0]
    assert (person["since"], "arrived" in person) == (1090, False)
