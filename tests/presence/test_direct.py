"""Frames that go straight to the wire, and when they must not."""

import pytest
from engineio import packet
from eventlet.queue import Queue
from eventlet.websocket import RFC6455WebSocket

from presence.transport.frames import Frame, Frames
from presence.transport.writer import Wire as DirectWire
from presence.transport.writer import Writer

FRAME = Frame("presence_diff", {"topic": "a"})


class Wire:
    def __init__(self, takes=None):
        self.takes, self.sent = takes, []

    def send(self, data, _flags):
        if self.takes is OSError:
            raise BlockingIOError
        self.sent.append(data[: self.takes])
        return len(self.sent[-1])


class WaitingQueue:
    """A queue whose writer waits, as eventlet's says it."""

    def __init__(self, waiting=1, size=0):
        self.waiting, self.size = waiting, size

    def getting(self):
        return self.waiting

    def qsize(self):
        return self.size


@pytest.mark.parametrize("length", [0, 1, 125 - 40, 126, 1000, 70_000])
def test_a_frame_is_what_the_websocket_itself_would_send(length):
    frame = Frame("e", {"text": "x" * length})
    websocket = RFC6455WebSocket(None, {}, version=13)
    assert frame.bytes == websocket._pack_message(frame.encode())


def test_a_frame_goes_out_in_one_piece_when_the_writer_waits():
    wire = Wire()
    assert DirectWire(WaitingQueue(), wire.send).write(FRAME.bytes)
    assert wire.sent == [FRAME.bytes]


@pytest.mark.parametrize("queue", [WaitingQueue(waiting=0), WaitingQueue(size=1)])
def test_nothing_overtakes_what_is_queued_or_being_written(queue):
    wire = Wire()
    assert not DirectWire(queue, wire.send).write(FRAME.bytes)
    assert not wire.sent


def test_a_wire_that_is_full_takes_the_usual_way():
    assert not DirectWire(WaitingQueue(), Wire(OSError).send).write(FRAME.bytes)


def test_a_frame_that_went_out_in_part_ends_the_connection():
    with pytest.raises(ConnectionError):
        DirectWire(WaitingQueue(), Wire(5).send).write(FRAME.bytes)


def test_there_is_no_direct_way_where_there_is_no_eventlet_socket():
    class Engine:
        queue = Queue()

    assert DirectWire.to(None, {"eventlet.input": object()}) is None
    assert DirectWire.to(Engine, {}) is None


class Server:
    """As much of a Socket.IO server as a packet passes through; `queued` are the packets that took the usual way."""

    def __init__(self):
        self.queued = []

    def _send_eio_packet(self, _engine_sid, packet):
        self.queued.append(packet)


def writer(queue, wire):
    server = Server()
    writer = Writer(server)
    writer._wires["a"] = DirectWire(queue, wire.send)
    return server, writer


def test_an_acknowledgement_takes_the_direct_way_too():
    wire = Wire()
    server, _writer = writer(WaitingQueue(), wire)
    server._send_eio_packet("a", packet.Packet(packet.MESSAGE, '31[{"ok":true}]'))
    assert wire.sent == [b'\x81\x10431[{"ok":true}]']
    assert not server.queued


@pytest.mark.parametrize(
    ("engine_sid", "queue", "data"),
    [("a", WaitingQueue(size=1), "31[]"), ("a", WaitingQueue(), b"binary"), ("other", WaitingQueue(), "31[]")],
)
def test_what_cannot_go_directly_is_queued_once(engine_sid, queue, data):
    wire = Wire()
    server, _writer = writer(queue, wire)
    server._send_eio_packet(engine_sid, packet.Packet(packet.MESSAGE, data))
    assert [queued.data for queued in server.queued] == [data]
    assert not wire.sent


def test_several_frames_are_one_write_or_as_many_packets_in_their_order():
    states = Frames(Frame("presence_state", {"topic": topic}) for topic in ("", "a"))
    wire = Wire()
    server, free = writer(WaitingQueue(), wire)
    free.send("a", states)
    assert wire.sent == [b"".join(frame.bytes for frame in states.packets)]
    server, busy = writer(WaitingQueue(size=1), wire)
    busy.send("a", states)
    assert server.queued == list(states.packets)
