"""Frames that go straight to the wire, and what becomes of those that cannot."""

from types import SimpleNamespace

import pytest
from engineio import packet
from eventlet.websocket import RFC6455WebSocket

from presence.transport.frames import Frame, Frames
from presence.transport.outbox import CLOSE_FRAME, Outbox
from presence.transport.round import Round
from presence.transport.writer import Writer

FRAME = Frame("presence_diff", {"topic": "a"})


class Stream:
    """As eventlet's socket: `fd.send` takes at most `room` bytes until `sendall` is let through."""

    def __init__(self, room=10_000, error=None):
        self.room, self.error, self.sent, self.shut = room, error, b"", []
        self.fd = self

    def send(self, data, _flags):
        if self.error:
            raise self.error
        if not self.room:
            raise BlockingIOError
        taken, self.room = data[: self.room], max(0, self.room - len(data))
        self.sent += taken
        return len(taken)

    def sendall(self, data):
        if self.error:
            raise self.error
        self.sent += data

    def shutdown(self, how):
        self.shut.append(how)


class Later:
    """Stands for the start of a greenlet: it runs when it is waited for."""

    def __init__(self):
        self.begun = []

    def __call__(self, run):
        self.begun.append(run)
        return SimpleNamespace(wait=run)

    def run(self):
        self.begun.pop()()


def outbox_of(stream, later):
    return Outbox(stream, later, Round(lambda end: end()))


@pytest.fixture
def later():
    return Later()


@pytest.mark.parametrize("length", [0, 1, 125 - 40, 126, 1000, 70_000])
def test_a_frame_is_what_the_websocket_itself_would_send(length):
    frame = Frame("e", {"text": "x" * length})
    websocket = RFC6455WebSocket(None, {}, version=13)
    assert frame.bytes == websocket._pack_message(frame.encode())


def test_a_frame_goes_out_at_once_when_the_client_reads(later):
    stream = Stream()
    outbox_of(stream, later).write(FRAME.bytes)
    assert stream.sent == FRAME.bytes
    assert not later.begun


def test_packets_of_engineio_go_the_same_way(later):
    stream = Stream()
    outbox_of(stream, later).put(packet.Packet(packet.MESSAGE, '31[{"ok":true}]'))
    assert stream.sent == b'\x81\x10431[{"ok":true}]'


@pytest.mark.parametrize("room", [0, 5])
def test_nothing_is_lost_or_overtaken_when_the_client_reads_slowly(later, room):
    stream = Stream(room)
    outbox = outbox_of(stream, later)
    outbox.write(b"first, ")
    stream.room = 10_000
    outbox.write(b"second")
    assert outbox.qsize() == 2
    assert outbox.size() == len(b"first, second") - room
    assert not outbox.has_room()
    later.run()
    assert stream.sent == b"first, second"
    outbox.write(b", third")
    assert stream.sent == b"first, second, third"
    assert not later.begun


def test_what_a_round_has_for_one_socket_goes_out_in_one_piece_at_its_end():
    stream, pieces, ends = Stream(), [], []
    outbox = Outbox(stream, Later(), Round(ends.append))
    outbox.send = lambda data, flags: pieces.append(data) or len(data)
    outbox.write_soon(b"state")
    outbox.write_soon(b"answer")
    assert not pieces
    (end,) = ends
    end()
    assert pieces == [b"stateanswer"]
    outbox.write_soon(b"next")
    assert len(ends) == 2


def test_nothing_overtakes_what_waits_for_the_end_of_the_round():
    stream, ends = Stream(), []
    outbox = Outbox(stream, Later(), Round(ends.append))
    outbox.write_soon(b"first, ")
    outbox.write(b"second")
    assert stream.sent == b"first, second"
    outbox.write_soon(b", last")
    outbox.put(None)
    assert stream.sent == b"first, second, last" + CLOSE_FRAME
    ends.pop()()
    assert stream.sent == b"first, second, last" + CLOSE_FRAME


def test_it_closes_after_all_that_waits(later):
    stream = Stream(room=0)
    outbox = outbox_of(stream, later)
    outbox.write(b"last")
    outbox.put(None)
    assert not stream.sent
    stream.room = 100
    later.run()
    assert stream.sent == b"last" + CLOSE_FRAME
    assert stream.shut
    outbox.write(b"too late")
    assert stream.sent == b"last" + CLOSE_FRAME


def test_a_client_that_is_gone_is_left_to_the_reader(later):
    stream = Stream(error=ConnectionResetError())
    outbox = outbox_of(stream, later)
    outbox.write(b"lost")
    outbox.put(None)
    assert outbox.qsize() == 0


def test_a_writer_that_waits_is_woken_when_its_client_is_gone(later):
    stream = Stream(room=0)
    outbox = outbox_of(stream, later)
    outbox.write(b"never read")
    stream.error = OSError()
    outbox.abandon()
    assert stream.shut
    assert outbox.qsize() == 0


class Server:
    """As much of a Socket.IO server as a packet passes through; `queued` are the packets that took the usual way."""

    def __init__(self, **queues):
        self.queued = []
        sockets = {sid: SimpleNamespace(queue=queue) for sid, queue in queues.items()}
        self.eio = SimpleNamespace(sockets=sockets)

    def _send_eio_packet(self, _engine_sid, packet):
        self.queued.append(packet)


def test_several_frames_are_one_write_or_as_many_packets_in_their_order(later):
    states = Frames(Frame("presence_state", {"topic": topic}) for topic in ("", "a"))
    stream = Stream()
    server = Server(a=outbox_of(stream, later))
    writer = Writer(server)
    writer.open("a")
    writer.send("a", states)
    assert stream.sent == b"".join(frame.bytes for frame in states.packets)
    writer.forget("a")
    writer.send("a", states)
    assert server.queued == list(states.packets)


def test_what_may_be_dropped_is_dropped_and_counted_when_something_waits(later):
    writer = Writer(Server(a=outbox_of(Stream(room=0), later)))
    writer.open("a")
    writer.send("a", FRAME)
    writer.send_if_free("a", FRAME)
    assert writer.dropped == 1
    assert writer.waiting("a") == (1, len(FRAME.bytes))
