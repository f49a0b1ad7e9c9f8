"""The times at which a topic publishes: one frame a tick, and ticks that lengthen with the cost of sending."""

import json

import pytest

from presence.core.changes import Enter, Profile
from presence.core.people import Keys, User
from presence.core.roster import Roster
from presence.delivery.broadcast import FAR_SHARE, NEAR_SHARE, Broadcast
from presence.delivery.fanout_budget import BURST_SECONDS, merged
from presence.delivery.schedule import TICK_SECONDS
from presence.delivery.send_queue import CHUNK, FEW, SendQueue
from presence.transport.frames import Frame
from presence.transport.rate_limit import EventRateLimit
from tests.helpers.app import Clock


class Audience:
    """Sockets that only count: so many for every topic."""

    def __init__(self, size):
        self.size, self.sent = size, []

    def audience(self, _topic):
        return self.size

    def watching(self, _topic):
        return [f"socket-{number}" for number in range(self.size)]

    def is_watched(self, _topic):
        return self.size > 0

    def send(self, _engine_sid, packet):
        self.sent.append(packet)

    send_soon = send_if_free = send


class Room:
    """One section in which someone new comes whenever `change` is called."""

    def __init__(self, size):
        self.clock, self.audience = Clock(), Audience(size)
        self.roster = Roster(Keys(b"secret"), "epoch")
        self.broadcast = Broadcast(self.roster, self.audience, self.audience, self.clock)
        self.number = 0

    def change(self, place="a/x/1"):
        self.number += 1
        self.roster.apply(Enter(f"n/{self.number}", User(str(self.number), "Name"), place), self.clock())

    def move(self):
        """Let someone who is here go to the next lesson of the section."""
        self.number += 1
        self.roster.apply(Enter("n/mover", User("mover", "Name"), f"a/x/{self.number % 8}"), self.clock())

    def cost(self, seconds):
        """Let every frame cost so much."""
        for outbox in self.broadcast.queues:
            outbox.frame_cost = seconds

    def publish(self, largest=float("inf")):
        """The number of topics that are published."""
        before = self.waiting()
        self.broadcast.publish(largest)
        return self.waiting() - before

    def waiting(self):
        return sum(len(piece.packets) for outbox in self.broadcast.queues for _, piece in outbox._waiting)


def test_a_quiet_topic_is_told_at_once_and_then_once_a_tick():
    room = Room(3)
    room.change()
    assert room.publish() == 3
    room.change()
    assert room.publish() == 0
    room.clock.advance(TICK_SECONDS)
    room.change()
    assert room.publish() == 3


@pytest.mark.parametrize(("size", "way"), [(1, "soon"), (FEW, "now")])
def test_a_room_tells_a_few_together_with_the_answer_to_their_event(size, way):
    room = Room(size)
    room.audience.send, room.audience.send_soon = (lambda *_: sent.add("now")), (lambda *_: sent.add("soon"))
    sent, frame = set(), Frame("room_state", {})
    broadcast = Broadcast(room.roster, room.audience, room.audience, room.clock)
    broadcast.live.queue.put(room.audience.watching(""), frame)
    broadcast.flush()
    assert sent == {way}


def test_topics_that_have_waited_as_long_are_told_outermost_first():
    """The order must not depend on who else is present: it would reveal someone anonymous."""
    room = Room(1)
    for number in range(40):
        room.change(place=f"a/x{number}/1")
    room.publish()
    near, far, *_ = room.broadcast.queues
    for outbox in (near, far):
        frames = [frame for _, piece in outbox._waiting for frame in piece.packets]
        told = [json.loads(frame.data[1:])[1]["topic"] for frame in frames]
        assert len(told) > 1
        assert told == sorted(told)


def test_the_far_topics_rest_until_telling_them_has_cost_no_more_than_their_share():
    room = Room(1000)
    room.cost(100e-6)
    rest = 1000 * 100e-6 / FAR_SHARE
    room.change(place="")
    assert room.publish() == 1
    room.change(place="")
    room.clock.advance(rest - BURST_SECONDS - 0.01)
    assert room.publish() == 0
    room.clock.advance(0.02)
    assert room.publish() == 1


def test_a_section_does_not_wait_for_a_crowd_far_away():
    room = Room(1000)
    room.cost(100e-6)
    room.change(place="")
    room.publish()
    room.change(place="a/x/1")
    assert room.publish() == 1
    assert room.roster.topic("a/x").seq == 1


def test_the_site_and_a_course_are_told_in_one_piece():
    room = Room(3)
    room.change()
    room.publish()
    _, far, *_ = room.broadcast.queues
    [(engine_sids, piece)] = far._waiting
    assert len(engine_sids) == 3
    assert [json.loads(frame.data[1:])[1]["topic"] for frame in piece.packets] == ["", "a"]


def test_a_piece_holds_the_frames_of_its_socket_alone():
    site, one, other = (Packet(name) for name in ("site", "one", "other"))
    pieces = merged([(["a", "b", "c"], site), (["a"], one), (["b"], other)])
    assert {sid: [frame.data for frame in piece.packets] for sids, piece in pieces for sid in sids} == {
        "a": ["site", "one"],
        "b": ["site", "other"],
        "c": ["site"],
    }


def test_telling_takes_no_more_than_half_of_the_time():
    room = Room(200)
    room.cost(100e-6)
    started = room.clock()
    while room.clock() < started + 10:
        for section in range(20):
            room.change(place=f"a/s{section}/1")
        room.publish()
        room.clock.advance(0.01)
    seconds = sum(len(engine_sids) for queue in room.broadcast.queues for engine_sids, _ in queue._waiting) * 100e-6
    assert seconds <= (NEAR_SHARE + FAR_SHARE) * 10 + 2 * BURST_SECONDS
    assert seconds >= 4


def test_every_topic_gets_its_turn_under_overload():
    room = Room(400)
    room.cost(200e-6)
    for _ in range(400):
        for section in range(10):
            room.change(place=f"a/s{section}/1")
        room.publish()
        room.clock.advance(0.02)
    told = [room.roster.topic(f"a/s{section}").seq for section in range(10)]
    assert min(told) >= max(told) - 1 > 0


def test_a_large_audience_is_left_to_the_ticker():
    room = Room(1000)
    room.cost(1e-6)
    room.change()
    assert room.publish(largest=500) == 0
    assert room.publish() == 3


def test_next_due_says_when_there_is_something_to_tell():
    room = Room(3)
    assert room.broadcast.next_due() is None
    room.change()
    assert room.broadcast.next_due() <= room.clock()
    room.publish()
    room.change()
    assert room.broadcast.next_due() == pytest.approx(room.clock() + TICK_SECONDS)


def test_a_frame_put_while_another_is_sent_goes_after_it_and_no_caller_waits():
    sent = []

    def send(engine_sid, packet):
        sent.append((engine_sid, packet.data))
        if packet.data == "first" and engine_sid == "a":
            # Sending found a dead socket, whose leave has something to tell.
            outbox.put(["a"], Packet("second"))
            outbox.flush()

    outbox = SendQueue(send)
    outbox.put(["a", "b"], Packet("first"))
    outbox.flush()
    assert sent == [("a", "first"), ("b", "first"), ("a", "second")]
    assert outbox.frames == 3


class Packet:
    def __init__(self, data):
        self.data, self.bytes, self.packets = data, data.encode(), (self,)


def test_a_large_audience_lets_others_have_a_turn():
    turns = []
    outbox = SendQueue(lambda _sid, _frame: None)
    outbox.put(["a"] * (3 * CHUNK), Packet("frame"))
    outbox.flush(lambda: turns.append(outbox.frames))
    assert turns == [CHUNK, 2 * CHUNK]


def test_the_meter_refuses_above_twenty_and_recovers():
    meter = EventRateLimit()
    verdicts = [meter.count(0.0) for _ in range(101)]
    assert verdicts == ["ok"] * 20 + ["refuse"] * 80 + ["hang up"]
    assert meter.count(1.0) == "ok"


def test_a_steady_client_is_never_refused():
    meter = EventRateLimit()
    assert {meter.count(second / 19) for second in range(2000)} == {"ok"}


def test_of_thirty_a_second_twenty_are_taken_for_as_long_as_they_come():
    meter = EventRateLimit()
    verdicts = [meter.count(number / 30) for number in range(3000)]
    assert "hang up" not in verdicts
    for start in range(0, 2970, 30):
        assert verdicts[start : start + 30].count("ok") == 20


def test_no_second_takes_more_than_twenty_wherever_it_begins():
    meter = EventRateLimit()
    assert [meter.count(0.9) for _ in range(20)] == ["ok"] * 20
    assert [meter.count(1.1) for _ in range(20)] == ["refuse"] * 20
    assert meter.count(1.95) == "ok"


def told_in_a_second(room, change):
    """The number of times that the section is told while `change` is called every 5 ms."""
    near = room.broadcast.queues[0]
    before = len(near._waiting)
    for _ in range(200):
        room.clock.advance(0.005)
        change()
        room.publish()
    return len(near._waiting) - before


@pytest.mark.parametrize(("watching", "told_later"), [(3, range(10, 13)), (180, range(8, 10))])
def test_a_section_in_which_people_move_all_the_time_is_told_less_often_after_a_while(watching, told_later):
    room = Room(watching)
    room.cost(9e-6)
    assert told_in_a_second(room, room.move) in range(13, 19)
    assert told_in_a_second(room, room.move) in told_later
    room.clock.advance(60)
    assert told_in_a_second(room, room.move) in range(13, 19)


@pytest.mark.parametrize(("watching", "told"), [(3, range(13, 19)), (180, range(2, 5))])
def test_newcomers_to_the_site_wait_longer_where_many_watch(watching, told):
    room = Room(watching)
    room.cost(9e-6)
    assert told_in_a_second(room, room.change) in told


def test_a_move_does_not_wait_for_the_newcomers_before_it():
    room = Room(180)
    room.cost(9e-6)
    room.move()
    assert room.publish() == 3
    room.clock.advance(TICK_SECONDS)
    room.change()
    assert room.publish() == 0
    assert room.broadcast.next_due() > room.clock()
    room.move()
    assert room.broadcast.next_due() <= room.clock()
    room.publish()
    told = room.broadcast.queues[0]._waiting[-1][1].packets[0]
    parts = json.loads(told.data[1:])[1]
    assert (len(parts["joins"]), len(parts["updates"])) == (1, 1)


def test_a_choice_to_be_seen_does_not_wait_as_a_newcomer_does():
    room, hidden = Room(180), User("hedy", "Hedy", visibility="hidden")
    room.cost(9e-6)
    room.roster.apply(Enter("n/hedy", hidden, "a/x/1"), room.clock())
    room.change()
    room.publish()
    room.roster.apply(Profile(User("hedy", "Hedy", revision=1)), room.clock())
    assert room.broadcast.next_due() <= room.clock() + TICK_SECONDS


def test_the_tick_of_a_large_section_is_longer_but_not_much():
    room, ticks = Room(10), []
    room.cost(10e-6)
    for room.audience.size in (10, 180, 300, 2000):
        room.change()
        room.publish()
        ticks.append(round(room.broadcast._schedule.due_of("a/x") - room.clock(), 4))
        room.clock.advance(1)
    assert ticks == [0.05, 0.05, 0.075, 0.1]
