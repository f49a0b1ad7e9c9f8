"""Slots: unique, not given again for ten seconds, and none for the hidden."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from presence.core.people import Keys, User
from presence.rooms.attendees import FACES_TOLD, FREE_SECONDS, Attendees

KEYS = Keys(b"secret")
USERS = st.sampled_from("pqrstu")
VISIBILITIES = st.sampled_from(["everyone", "anonymous", "hidden"])


def put(attendees, user, now=0.0):
    return attendees.put(user, KEYS.of(user), now)


class Slots(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.now, self.attendees = 0.0, Attendees(cap=4)
        self.joined: dict[str, User] = {}
        self.freed: dict[int, float] = {}
        self.slots: dict[str, int | None] = {}

    @rule(id_=USERS, visibility=VISIBILITIES, alias=st.sampled_from(["", "other"]))
    def join_or_change(self, id_, visibility, alias):
        user = User(id_, f"User {id_}", visibility=visibility, alias=alias)
        before = self.joined.get(id_)
        freed = put(self.attendees, user, self.now)
        if before and (before.visibility, before.alias) != (visibility, alias):
            assert freed == self.slots.get(id_)
        self.joined.pop(id_, None)
        if visibility != "hidden":
            self.joined[id_] = user
        self.note()

    @rule(id_=USERS)
    def leave(self, id_):
        assert self.attendees.remove(id_, self.now) == self.slots.get(id_)
        self.joined.pop(id_, None)
        self.note()

    @rule(seconds=st.sampled_from([0.5, 3.0, FREE_SECONDS]))
    def wait(self, seconds):
        self.now += seconds

    def note(self):
        """Compare the slots with those of before."""
        slots = {id_: self.attendees.slot_of(id_) for id_ in "pqrstu"}
        for id_, slot in slots.items():
            if slot is not None and slot != self.slots.get(id_):
                assert self.freed.get(slot, -FREE_SECONDS) + FREE_SECONDS <= self.now
        for id_, slot in self.slots.items():
            if slot is not None and slot != slots[id_]:
                self.freed[slot] = self.now
        self.slots = slots

    @invariant()
    def slots_are_unique_and_bounded(self):
        taken = [slot for slot in self.slots.values() if slot is not None]
        assert len(set(taken)) == len(taken) == min(len(self.joined), 4)

    @invariant()
    def the_hidden_leave_no_byte(self):
        assert self.attendees.total == len(self.joined)

    @invariant()
    def faces_are_of_those_who_are_visible_to_everyone(self):
        faces = self.attendees.faces()
        assert set(faces) == {slot for slot in self.slots.values() if slot is not None}
        for id_, user in self.joined.items():
            slot = self.slots.get(id_)
            if slot is not None:
                shown = faces[slot] and faces[slot]["name"]
                assert shown == (user.name if user.visibility == "everyone" else None)

    def teardown(self):
        for id_ in "pqrstu":
            self.attendees.remove(id_, self.now)
        self.attendees.expire(self.now + FREE_SECONDS)
        assert self.attendees.is_empty


Slots.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestSlots = Slots.TestCase


def test_another_name_or_picture_keeps_the_slot():
    attendees, ada = Attendees(), User("1", "Ada")
    put(attendees, ada)
    assert put(attendees, replace(ada, name="Ada L.", avatar="/a.png")) is None
    assert attendees.faces()[1]["name"] == "Ada L."


def test_the_lowest_slots_are_told_and_all_are_counted():
    attendees = Attendees()
    for number in range(60):
        put(attendees, User(str(number), f"User {number}"))
    assert list(attendees.faces()) == list(range(1, FACES_TOLD + 1))
    assert attendees.total == 60


def test_who_comes_later_gets_the_next_slot_that_is_free():
    attendees = Attendees(cap=1)
    put(attendees, User("1", "Ada"))
    put(attendees, User("2", "Grace"))
    assert (attendees.slot_of("1"), attendees.slot_of("2"), attendees.total) == (1, None, 2)
    attendees.remove("1", 0.0)
    assert attendees.slot_of("2") == 2
