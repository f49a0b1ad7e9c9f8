"""A recording tells the class as it was, but not who anyone was, and nothing of hidden users."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presence.core.changes import Activity, Enter, Leave, NodeDown, Profile, SignOut, StudyStatus
from presence.core.people import STUDY_STATUSES, Keys, User
from presence.core.roster import Roster
from presence.core.study_status import STATUS_SECONDS
from replay.recorder import Recorder
from replay.recording import line

KEYS = Keys(b"secret")
TOPICS = ["", "a", "b", "a/x", "a/y", "b/x"]
ADA = User("id-1", "Ada", "/ada.svg", "instructor", "everyone", "alias-1", "session-1")
TIM = User("id-2", "Tim", "/tim.svg", "instructor", "anonymous", "alias-2", "session-2")
HEDY = User("id-3", "Hedy", "/hedy.svg", "learner", "hidden", "alias-3", "session-3")


class AsWritten:
    """The keys of a replay: users are in it under their keys."""

    def of(self, user: User) -> str:
        return user.id


class Lesson:
    """A roster that is recorded, and what a replay makes of the recording; `written` is what is in it so far."""

    def __init__(self) -> None:
        self.roster, self.now, self.secrets = Roster(KEYS, "epoch"), 1000.0, iter(range(1_000_000))
        self.recorder = Recorder(self.roster, KEYS, self.write, lambda: b"secret %d" % next(self.secrets))
        self.begin()

    def begin(self) -> None:
        self.written, self.replayed, self.read = [], Roster(AsWritten(), "replay"), 0

    def write(self, change, at) -> None:
        self.written.append((at, change))

    def happen(self, *changes) -> list:
        """Let changes happen; returns what was written of them."""
        before = len(self.written)
        for change in changes:
            self.roster.expire(self.now)
            self.recorder.before(change, self.now)
            self.roster.apply(change, self.now)
            self.recorder.after(change, self.now)
        return [change for _, change in self.written[before:]]

    def anew(self) -> None:
        self.roster.expire(self.now)
        self.begin()
        self.recorder.rotate(self.now)

    def seen(self) -> dict:
        return seen(self.roster, self.now)

    def seen_again(self) -> dict:
        for at, change in self.written[self.read :]:
            self.replayed.expire(at)
            self.replayed.apply(change, at)
        self.read = len(self.written)
        return seen(self.replayed, self.now)

    @property
    def text(self) -> str:
        return "".join(line(change, at) for at, change in self.written)


def seen(roster, now) -> dict:
    """The published state of every topic, without names."""
    roster.expire(now)
    states = {}
    for path in TOPICS:
        roster.publish(path)
        state = roster.topic(path).state()
        people = {
            p["key"]: (p["role"], p["places"], p["status"], p["since"], p.get("company")) for p in state["people"]
        }
        states[path] = people, state["counts"], state["total"]
    return states


USERS = ["u1", "u2", "u3"]
# Few of each, so that much happens to the same connection.
users, numbers = st.sampled_from(USERS), st.integers(1, 2)
places = st.sampled_from(["", "a", "a/x", "a/x/1", "a/x/2", "a/y/1", "b/x/1"])
happenings = st.one_of(
    st.tuples(st.just("enter"), users, numbers, places, st.sampled_from([0, 0, 0, 1])),
    st.tuples(st.just("leave"), users, numbers, st.sampled_from([True, True, True, False])),
    st.tuples(st.just("activity"), users, numbers, st.sampled_from(["active", "away"])),
    st.tuples(st.just("company"), users, numbers, st.sampled_from(["", *STUDY_STATUSES])),
    st.tuples(
        st.just("profile"),
        users,
        st.sampled_from(["everyone", "anonymous", "hidden"]),
        st.sampled_from(["", "z"]),
        st.sampled_from(["learner", "instructor"]),
    ),
    st.tuples(st.just("sign_out"), users, st.sampled_from(["s1", "s0", None]), st.sampled_from(["s1", None])),
    st.tuples(st.just("node_down"), st.sampled_from(["node0", "node1"])),
    st.tuples(st.just("time"), st.sampled_from([0.5, 1.5, 2.5, 3.5, 900.0])),
    st.tuples(st.just("anew")),
)


class Drama:
    """Plays happenings into a lesson. `known` are the users as they were and as they are, by id."""

    def __init__(self, **more: User) -> None:
        self.lesson = Lesson()
        self.known = {id_: [User(id_, f"Name {id_}")] for id_ in USERS} | {id_: [user] for id_, user in more.items()}

    def play(self, what, *details) -> None:
        if what == "time":
            self.lesson.now += details[0]
        elif what == "anew":
            self.lesson.anew()
        else:
            self.lesson.happen(getattr(self, what)(*details))

    def enter(self, user_id, number, place, behind):
        versions = self.known[user_id]
        user = versions[-min(1 + behind, len(versions))]
        return Enter(name(user_id, number), replace(user, session=f"s{number % 2}"), place)

    def leave(self, user_id, number, grace):
        self.lesson.now += 0.125
        return Leave(name(user_id, number), grace)

    def activity(self, user_id, number, status):
        return Activity(name(user_id, number), status)

    def company(self, user_id, number, says):
        connection = self.lesson.roster.connections.get(name(user_id, number))
        place = connection.place if connection else "a/x/1"
        return StudyStatus(name(user_id, number), user_id, place, says, self.lesson.now + STATUS_SECONDS)

    def profile(self, user_id, visibility, alias, role):
        before = self.known[user_id][-1]
        now = replace(before, visibility=visibility, alias=alias, role=role, revision=before.revision + 1)
        self.known[user_id].append(now)
        return Profile(now)

    def sign_out(self, user_id, session, keep):
        return SignOut(user_id, session, keep)

    def node_down(self, node):
        self.lesson.now += 0.125
        return NodeDown(node)


def name(user_id, number) -> str:
    return f"node{number % 2}/{user_id}-{number}"


@given(st.lists(happenings, max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_replay_shows_what_was_shown(drama):
    played = Drama()
    for happening in drama:
        played.play(*happening)
        assert played.lesson.seen_again() == played.lesson.seen()


hidden = st.one_of(
    st.tuples(st.just("enter"), st.just("h"), numbers, places, st.just(0)),
    st.tuples(st.just("leave"), st.just("h"), numbers, st.booleans()),
    st.tuples(st.just("activity"), st.just("h"), numbers, st.sampled_from(["active", "away"])),
    st.tuples(st.just("company"), st.just("h"), numbers, st.sampled_from(STUDY_STATUSES)),
    st.tuples(st.just("profile"), st.just("h"), st.just("hidden"), st.sampled_from(["", "z"]), st.just("learner")),
    st.tuples(st.just("sign_out"), st.just("h"), st.just(None), st.just(None)),
)


@given(st.lists(st.one_of(happenings, hidden), max_size=40))
@settings(max_examples=200, deadline=None)
def test_with_a_hidden_user_it_is_the_same_byte_for_byte(drama):
    texts = []
    for happenings in drama, [one for one in drama if "h" not in one]:
        played = Drama(h=User("h", "Hedy", visibility="hidden"))
        # The clock of the two must agree, also where only the one has something happen.
        played.leave = lambda user_id, number, grace: Leave(name(user_id, number), grace)
        for happening in happenings:
            played.play(*happening)
        texts.append(played.lesson.text)
    assert texts[0] == texts[1]


def test_it_tells_no_ones_identity():
    lesson = Lesson()
    for number, user in enumerate((ADA, TIM, HEDY)):
        id_ = f"node/socket-{number}"
        lesson.happen(Enter(id_, user, "a/x/1", since=900.25), Activity(id_, "away"), Enter(id_, user, "a/x/2"))
        lesson.happen(Profile(replace(user, name="Another", avatar="/other.svg", revision=1)))
        lesson.happen(Leave(id_), SignOut(user.id, user.session, None, "You signed out."))
    known = ("id-", "Ada", "Tim", "Hedy", "Another", "svg", "alias-", "session-", "socket-", "signed", "profile")
    assert [trace for trace in known if trace in lesson.text] == []
    assert lesson.text.count("\n") == 9


def test_who_is_visible_is_there_under_the_public_key():
    enter = Lesson().happen(Enter("node/1", ADA, "a/x/1"))[0]
    assert enter.user == User(KEYS.of(ADA), "", role="instructor")


def test_who_is_anonymous_is_a_number_and_does_nothing_else():
    lesson = Lesson()
    first, left = lesson.happen(
        Enter("node/1", TIM, "a/x/1", since=900.25), Activity("node/1", "away"), Leave("node/1")
    )
    assert (first.since, first.status, first.user.role) == (None, None, "learner")
    assert left == Leave(first.connection)
    assert first.user.id != KEYS.of(TIM)


def test_who_is_anonymous_has_another_key_in_the_next_recording():
    lesson = Lesson()
    first = lesson.happen(Enter("node/1", TIM, "a/x/1"))[0]
    lesson.anew()
    [(_, again)] = lesson.written
    assert again.place == first.place
    assert again.user.id != first.user.id
    assert again.connection != first.connection


@pytest.mark.parametrize(
    ("before", "after", "since"), [("everyone", "anonymous", None), ("anonymous", "everyone", 1060.0)]
)
def test_a_user_with_another_visibility_is_another_person_from_then_on(before, after, since):
    lesson, user = Lesson(), replace(ADA, visibility=before)
    first = lesson.happen(Enter("node/1", user, "a/x/1"))[0]
    lesson.now += 60
    left, again = lesson.happen(Profile(replace(user, visibility=after, revision=1)))
    assert left == Leave(first.connection, grace=False)
    assert again.connection != first.connection
    assert again.user.id != first.user.id
    assert again.since == since


def test_who_hides_has_left():
    lesson = Lesson()
    first = lesson.happen(Enter("node/1", ADA, "a/x/1"))[0]
    written = lesson.happen(Profile(replace(ADA, visibility="hidden", revision=1)), Activity("node/1", "away"))
    assert written == [Leave(first.connection, grace=False)]


def test_a_sign_out_is_the_leaves_of_what_it_ended():
    lesson = Lesson()
    first, _ = lesson.happen(Enter("node/1", ADA, "a/x/1"), Enter("node/2", replace(ADA, session="session-4"), "a/x/1"))
    assert lesson.happen(SignOut("id-1", "session-1")) == [Leave(first.connection, grace=False)]


@pytest.mark.parametrize("what", ["another key", "another recording"])
def test_who_is_about_to_leave_leaves_when_they_would_have(what):
    lesson, grace = Lesson(), User("id-4", "Grace")
    lesson.happen(Enter("node/1", ADA, "a/x/1"), Enter("node/2", grace, "a/x/1"), Leave("node/1"))
    lesson.now += 1.0
    lesson.happen(Leave("node/2"))
    lesson.now += 1.0
    if what == "another key":
        lesson.happen(Profile(replace(ADA, alias="another", revision=1)))
    else:
        lesson.anew()
    totals = []
    for _ in range(4):
        assert lesson.seen_again() == lesson.seen()
        totals.append(lesson.seen()["a/x"][2])
        lesson.now += 1.0
    assert totals == [2, 2, 1, 0]


def test_a_process_that_held_only_hidden_users_has_never_been():
    lesson = Lesson()
    assert lesson.happen(Enter("node/1", HEDY, "a/x/1"), NodeDown("node")) == []
    assert lesson.happen(Enter("node/2", TIM, "a/x/1"), NodeDown("node"))[1:] == [NodeDown("node")]
