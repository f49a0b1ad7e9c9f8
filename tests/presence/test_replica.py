"""The protocol of the shared log, in any order of steps, losses, standstills and deaths, and some that once broke."""

from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from presence.cluster.shared_log import Unreachable
from presence.core import topic
from presence.core.change_json import decode
from presence.core.changes import Profile, SignOut
from presence.core.people import STUDY_STATUSES, User
from presence.core.roster import GRACE_SECONDS
from presence.core.visibility import becomes_visible
from tests.presence.simulation import KEYS, LONGEST, Process, Shared

PLACES = ["", "a", "a/x/1", "a/x/2", "b/y/1"]
TOPICS = ["", "a", "b", "a/x", "b/y"]
picks = st.integers(0, 99)
places = st.sampled_from(PLACES)


class Cluster(RuleBasedStateMachine):
    """Two or three processes; whatever happens, when it has ended all rosters are what the open pages say."""

    def __init__(self):
        super().__init__()
        # So small that not everyone is shown: all processes must show the same, also those that came late.
        self.caps = mock.patch.multiple(topic, NEAR_CAP=2, FAR_CAP=2)
        self.caps.start()
        self.shared = Shared()
        self.names = self.opened = 0
        self.users = {str(n): User(str(n), f"Name {n}", revision=1) for n in range(4)}
        self.ended: set[str] = set()
        self.unsaid: set[str] = set()
        self.came: dict[str, float] = {}
        self.processes = [self.start(0.0), self.start(300.0)]

    def start(self, skew: float) -> Process:
        self.names += 1
        return Process(self.shared, f"node{self.names}", skew, self.site)

    def site(self, user: User) -> User | None:
        """A socket's user as the database has it."""
        return None if user.session in self.ended else replace(self.users[user.id], session=user.session)

    def running(self):
        return [process for process in self.processes if not process.standing_still]

    def pick(self, pick: int, of=None):
        of = self.running() if of is None else of
        return of[pick % len(of)] if of else None

    def page(self, pick: int):
        return self.pick(pick, [(p, c) for p in self.running() for c in p.pages]) or (None, None)

    @rule(pick=picks, user=st.integers(0, 3), place=places)
    def open(self, pick, user, place):
        if process := self.pick(pick):
            self.opened += 1
            process.open(f"{self.opened}", replace(self.users[str(user)], session=f"s{self.opened}"), place)

    @rule(pick=picks, place=places)
    def move(self, pick, place):
        process, connection = self.page(pick)
        if process:
            process.move(connection, place)

    @rule(pick=picks, status=st.sampled_from(["active", "away"]))
    def say(self, pick, status):
        process, connection = self.page(pick)
        if process:
            process.say(connection, status)

    @rule(pick=picks, says=st.sampled_from(["", *STUDY_STATUSES]))
    def ask_for_company(self, pick, says):
        process, connection = self.page(pick)
        if process:
            process.ask(connection, says)

    @rule(pick=picks)
    def close(self, pick):
        process, connection = self.page(pick)
        if process:
            process.close(connection)

    @rule(pick=picks, user=st.integers(0, 3), visibility=st.sampled_from(["everyone", "anonymous", "hidden"]))
    def choose(self, pick, user, visibility):
        if process := self.pick(pick):
            chosen = self.users[str(user)]
            alias = str(chosen.revision) if chosen.visibility == "everyone" != visibility else chosen.alias
            new = replace(chosen, visibility=visibility, alias=alias, revision=chosen.revision + 1)
            self.users[str(user)] = new
            if becomes_visible(chosen, new):
                self.came[KEYS.of(new)] = self.shared.now
            process.log.append(Profile(new))

    @rule(pick=picks, where=picks)
    def sign_out(self, pick, where):
        process, connection = self.page(pick)
        if process:
            user = process.pages[connection].user
            self.ended.add(user.session)
            self.pick(where).log.append(SignOut(user.id, user.session))

    @rule(pick=picks)
    def write(self, pick):
        if (process := self.pick(pick)) and not process.log.disconnected:
            self.try_(process, process.log.write)

    @rule(pick=picks)
    def follow(self, pick):
        if (process := self.pick(pick)) and process.log.joined:
            self.try_(process, lambda: process.log.follow(0.0))

    @rule(pick=picks)
    def step(self, pick):
        if process := self.pick(pick):
            process.step()

    def try_(self, process, act):
        try:
            act()
        except Unreachable:
            process.log.mark_disconnected()

    @rule(losing=st.sampled_from(["request", "answer"]))
    def lose_a_message(self, losing):
        self.shared.losing = losing

    @rule()
    def cut_or_mend(self):
        self.shared.up = not self.shared.up

    @rule()
    def flush(self):
        self.shared.flush()

    @rule()
    def back_up(self):
        self.shared.back_up()

    @rule()
    def restore(self):
        self.shared.restore()

    @rule(pick=picks, late=st.booleans(), skew=st.sampled_from([0.0, -300.0]))
    def die(self, pick, late, skew):
        """A process dies at once, and another one starts. What it was writing may arrive when it is dead (`late`)."""
        process = self.pick(pick, self.processes)
        self.unsaid |= {entry.change.user.id for entry in process.log._queue if isinstance(entry.change, Profile)}
        self.unsaid |= {entry.change.session for entry in process.log._queue if isinstance(entry.change, SignOut)}
        if late and process.log.joined:
            self.shared.write(process.log._queue)
        self.processes[self.processes.index(process)] = self.start(skew)

    @rule(pick=picks)
    @precondition(lambda self: len(self.processes) < 3)
    def grow(self, pick):
        self.processes.append(self.start(float(pick)))

    @rule(pick=picks)
    def stand_still_or_go_on(self, pick):
        process = self.pick(pick, self.processes)
        process.standing_still = not process.standing_still

    @rule(seconds=st.sampled_from([0.01, 0.5, 2.0, 4.5, 30.0]))
    def time(self, seconds):
        self.shared.now += seconds

    @invariant()
    def no_one_reveals_the_time_before_becoming_visible(self):
        for process in self.processes:
            for diff in process.heard:
                for person in (*diff.get("joins", ()), *diff.get("updates", ())):
                    assert person["since"] >= int(self.came.get(person["key"], 0.0))
            process.heard.clear()

    @rule()
    def calm_down(self):
        """All are well again, and a while later every process knows just who is there."""
        self.shared.up, self.shared.losing = True, None
        for process in self.processes:
            process.standing_still = False
        for _ in range(30):
            self.shared.now += 0.5
            for process in self.processes:
                process.step()
        self.compare()

    def compare(self):
        pages = {connection: page for process in self.processes for connection, page in process.pages.items()}
        assert set(self.shared.live) == set(pages)
        assert len(self.shared.entries) <= LONGEST
        for process in self.processes:
            roster = process.roster
            found = {c.id: (c.place, c.status, c.closed_at) for c in roster.connections.values()}
            assert found == {id_: (page.place, page.status, None) for id_, page in pages.items()}, process.id
            for member in roster.members.values():
                if member.user.id not in self.unsaid:
                    assert replace(member.user, session="") == self.users[member.user.id]
        assert not {page.user.session for page in pages.values()} & (self.ended - self.unsaid)
        assert all(self.states(process) == self.states(self.processes[0]) for process in self.processes)
        said = {c.id: (c.says, c.until) for c in self.processes[0].roster.connections.values() if c.says}
        # A process takes no status of a hidden user from the hash.
        kept = [decode(text) for text in self.shared.live.values()]
        kept = [enter for enter in kept if enter.user.visibility == "everyone" and enter.until > self.shared.now]
        assert {enter.connection: (enter.says, enter.until) for enter in kept if enter.says} == said

    def states(self, process):
        states = []
        for path in TOPICS:
            process.roster.publish(path)
            state = process.roster.topic(path).state()
            people = sorted(state["people"], key=lambda person: person["key"])
            states.append((path, people, state["counts"], state["total"]))
        return states

    def teardown(self):
        try:
            self.end()
        finally:
            self.caps.stop()

    def end(self):
        self.calm_down()
        for process in self.processes:
            for connection in list(process.pages):
                process.close(connection)
        self.calm_down()
        for process in self.processes:
            assert not process.roster.connections
            assert not process.roster.topics
            assert not process.log._queue
            assert not list(process.log._own)
            assert not process.log._own._of_user


TestAnyOrder = Cluster.TestCase
TestAnyOrder.settings = settings(
    max_examples=150, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


ADA = User("1", "Ada", session="s", revision=1)
BOB = User("2", "Bob", session="t", revision=1)


def start(count: int, **options):
    shared = Shared()
    return shared, [Process(shared, f"n{number}", **options) for number in range(count)]


def run(shared, processes, seconds: float) -> None:
    for _ in range(int(seconds / 0.25)):
        shared.now += 0.25
        for process in processes:
            process.step()


def people(process) -> list[str]:
    process.publish_now()
    return [person["name"] for person in process.roster.topic("a/x").state()["people"]]


def leaves(process) -> list:
    return [diff for diff in process.heard if diff.get("leaves")]


def test_a_dead_process_is_missed_within_ten_seconds():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two], 5)
    run(shared, [two], 4)
    assert people(two) == ["Ada"]
    run(shared, [two], 5)
    assert people(two) == []
    assert not shared.live


def test_who_comes_back_elsewhere_never_flickers():
    shared, (one, two, three) = start(3)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two, three], 5)
    run(shared, [two, three], 3)
    three.open("2", ADA, "a/x/1")
    run(shared, [two, three], 15)
    assert people(two) == people(three) == ["Ada"]
    assert not leaves(two)
    assert not leaves(three)


def test_a_process_that_stood_still_announces_its_own_again():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two], 5)
    run(shared, [two], 30)
    assert people(two) == []
    run(shared, [one, two], 2)
    assert people(one) == people(two) == ["Ada"]
    assert not leaves(one)


def test_an_emptied_log_is_filled_again_and_no_one_flickers():
    shared, processes = start(2)
    processes[0].open("1", ADA, "a/x/1")
    run(shared, processes, 5)
    since = processes[1].roster.members["1"].since
    shared.flush()
    run(shared, processes, 10)
    assert [people(process) for process in processes] == [["Ada"], ["Ada"]]
    assert processes[1].roster.members["1"].since == since
    assert not any(leaves(process) for process in processes)


def test_a_log_that_comes_back_with_older_data_brings_no_one_back():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    two.open("2", User("2", "Grace", session="g", revision=1), "a/x/1")
    run(shared, [one, two], 5)
    shared.back_up()
    two.close("n1/2")
    one.open("3", replace(ADA, session="s3"), "a/x/2")
    run(shared, [one, two], 10)
    shared.restore()
    heard = len(one.heard)
    run(shared, [one, two], 10)
    assert people(one) == people(two) == ["Ada"]
    assert set(shared.live) == {"n0/1", "n0/3"}
    assert not any(diff.get("joins") or diff.get("leaves") for diff in one.heard[heard:])


def test_an_activity_after_a_flush_does_not_stand_for_the_enter():
    shared, (one, two) = start(2)
    two.open("1", ADA, "a/x/1")
    run(shared, [two], 1)
    two.say("n1/1", "away")
    shared.flush()
    run(shared, [one, two], 10)
    assert people(one) == ["Ada"]


def test_a_choice_made_just_before_a_flush_holds():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two], 1)
    one.log.append(Profile(replace(ADA, visibility="hidden", revision=2)))
    shared.flush()
    run(shared, [one, two], 10)
    assert people(one) == people(two) == []


def test_a_user_who_becomes_visible_does_not_tell_how_long_they_were_here_unseen():
    shared, (one, two, three) = start(3)
    one.open("1", replace(ADA, visibility="anonymous"), "a/x/1")
    run(shared, [one, two, three], 100)
    seen = replace(ADA, visibility="everyone", revision=2)
    one.log.append(Profile(seen))
    # A page that is opened at once finds the choice in the database, before the log has told of it.
    two.open("2", seen, "a/x/2")
    two.step()
    run(shared, [one, two, three], 5)
    assert {person["since"] for person in people_told(one, two, three)} == {1100}


HIDDEN = replace(ADA, visibility="hidden", alias="b", revision=2)
BACK = replace(ADA, alias="b", revision=3)


def test_a_status_from_before_hiding_is_gone_when_the_user_becomes_visible():
    shared, (one, two, three) = start(3)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two, three], 2)
    one.ask("n0/1", "stuck here")
    run(shared, [one, two, three], 2)
    assert two.roster.members["1"].company
    # A process that has read neither choice yet, and a page that is opened there.
    two.log.append(Profile(HIDDEN))
    two.log.append(Profile(BACK))
    two.log.write()
    three.open("2", replace(BACK, session="t"), "a/x/1")
    run(shared, [one, two, three], 5)
    assert [process.roster.members["1"].company for process in (one, two, three)] == [None, None, None]
    assert not [p for p in people_told(one, two, three) if p["key"] == KEYS.of(BACK) and "company" in p]


def test_what_was_said_is_not_said_again_by_a_process_that_stood_still_meanwhile():
    chosen = [ADA]
    shared, (one, two, three) = start(3, site=lambda user: replace(chosen[-1], session=user.session))
    one.open("1", ADA, "a/x/1")
    two.open("2", replace(ADA, session="t"), "a/x/2")
    run(shared, [one, two, three], 2)
    one.ask("n0/1", "stuck here")
    run(shared, [one, two, three], 2)
    run(shared, [two, three], 10)
    for choice in (HIDDEN, BACK):
        chosen.append(choice)
        two.log.append(Profile(choice))
        run(shared, [two, three], 5)
    run(shared, [one, two, three], 10)
    assert [process.roster.members["1"].company for process in (one, two, three)] == [None, None, None]
    assert not [p for p in people_told(one, two, three) if p["key"] == KEYS.of(BACK) and "company" in p]


def test_an_enter_that_is_older_than_a_choice_shows_no_user_who_hid():
    shared, (one, two) = start(2)
    run(shared, [one, two], 2)
    one.open("1", ADA, "a/x/1")
    two.log.append(Profile(HIDDEN))
    two.log.write()
    one.log.write()
    run(shared, [two], 10)
    assert not people_told(two)


def test_what_is_said_on_a_page_that_some_know_to_be_closed_is_said_to_all_or_none():
    shared, (one, two, three) = start(3)
    three.open("1", ADA, "a/x/1")
    three.step()
    three.ask("n2/1", "stuck here")
    one.log.append(SignOut("1", "s"))
    one.open("2", replace(ADA, session="t"), "a/x/1")
    run(shared, [one, two, three], 5)
    said = [process.roster.members["1"].company for process in (one, two, three)]
    assert said[0] == said[1] == said[2]


def people_told(*processes) -> list:
    diffs = [diff for process in processes for diff in process.heard]
    return [person for diff in diffs for person in (*diff.get("joins", ()), *diff.get("updates", ()))]


def test_a_sign_out_works_on_a_process_that_is_cut_off_meanwhile():
    shared, (one, two) = start(2, site=lambda _user: None)
    run(shared, [one, two], 1)
    two.open("1", ADA, "a/x/1")
    run(shared, [one, two], 1)
    two.standing_still = True
    one.log.append(SignOut("1", "s"))
    run(shared, [one, two], 10)
    two.standing_still = False
    run(shared, [one, two], 3)
    assert not two.pages
    assert people(one) == people(two) == []


def test_who_was_signed_out_elsewhere_is_no_ghost_of_a_dead_process():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two], 5)
    two.log.append(SignOut("1", "s"))
    run(shared, [two], 0.5)
    assert not shared.live
    assert people(two) == []


def test_who_was_signed_out_by_one_who_did_not_know_them_is_no_ghost_of_a_dead_process():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    one.step()
    two.log.append(SignOut("1", "s"))
    run(shared, [two], 10)
    assert not shared.live
    assert people(two) == []


def test_while_the_log_is_away_faces_freeze_and_sign_outs_work():
    ended: set[str] = set()
    shared, (one, two) = start(2, site=lambda user: None if user.session in ended else user)
    one.open("1", ADA, "a/x/1")
    two.open("2", User("2", "Bo", session="b"), "a/x/1")
    run(shared, [one, two], 5)
    shared.up = False
    one.close("n0/1")
    ended.add("b")
    one.log.append(SignOut("2", "b"))
    run(shared, [one, two], 30)
    assert (people(one), sorted(people(two))) == (["Ada"], ["Ada", "Bo"])
    shared.up = True
    run(shared, [one, two], GRACE_SECONDS + 1)
    assert people(one) == people(two) == []


def test_the_clocks_of_the_processes_do_not_matter():
    shared = Shared()
    early, late = Process(shared, "n0", -300.0), Process(shared, "n1", 300.0)
    early.open("1", ADA, "a/x/1")
    run(shared, [early, late], 2)
    late.open("2", User("2", "Bo"), "a/x/1")
    run(shared, [early, late], 2)
    for process in (early, late):
        assert 1000.0 <= process.roster.members["1"].since < process.roster.members["2"].since <= shared.now


@pytest.mark.parametrize("step", [-3600.0, -60.0, -1.5, 1.5, 60.0, 3600.0])
def test_a_step_of_the_log_s_clock_neither_ends_a_grace_nor_prolongs_it(step):
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    two.open("2", BOB, "a/x/1")
    run(shared, [one, two], 5)
    one.close("n0/1")
    run(shared, [one, two], 1)
    shared.step = step
    run(shared, [one, two], 1.5)
    two.open("3", ADA, "a/x/1")
    run(shared, [one, two], 5)
    assert not leaves(one)
    assert not leaves(two)
    two.close("n1/3")
    run(shared, [one, two], 3.5)
    assert sorted(people(one)) == sorted(people(two)) == ["Ada", "Bob"]
    run(shared, [one, two], 2)
    assert people(one) == people(two) == ["Bob"]
    assert len(leaves(one)) == len(leaves(two)) == 3


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
def test_a_step_of_a_process_s_own_clock_changes_nothing(step):
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    run(shared, [one, two], 5)
    late = Process(shared, "n2", skew=step)
    late.open("3", BOB, "a/x/1")
    run(shared, [one, two, late], 6)
    assert people(one) == people(two) == people(late) == ["Ada", "Bob"]
    assert not leaves(late)


def test_a_hash_that_was_evicted_is_written_again_and_no_one_flickers():
    shared, (one, two) = start(2)
    one.open("1", ADA, "a/x/1")
    two.open("2", BOB, "a/x/1")
    run(shared, [one, two], 5)
    shared.live.clear()
    run(shared, [one, two], 4)
    assert set(shared.live) == {"n0/1", "n1/2"}
    run(shared, [one, two], 6)
    assert not leaves(one)
    assert not leaves(two)
