"""Frames that go straight to the wire, and when they must not."""

import pytest
from eventlet.queue import Queue
from eventlet.websocket import RFC6455WebSocket

from presence.direct import Direct
from presence.wire import Frame

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
    assert Direct(WaitingQueue(), wire.send).write(FRAME)
    assert wire.sent == [FRAME.bytes]


@pytest.mark.parametrize("queue", [WaitingQueue(waiting=0), WaitingQueue(size=1)])
def test_nothing_overtakes_what_is_queued_or_being_written(queue):
    wire = Wire()
    assert not Direct(queue, wire.send).write(FRAME)
    assert not wire.sent


def test_a_wire_that_is_full_takes_the_usual_way():
    assert not Direct(WaitingQueue(), Wire(OSError).send).write(FRAME)


def test_a_frame_that_went_out_in_part_ends_the_connection():
    with pytest.raises(ConnectionError):
        Direct(WaitingQueue(), Wire(5).send).write(FRAME)


def test_there_is_no_direct_way_where_there_is_no_eventlet_socket():
    class Engine:
        queue = Queue()

    assert Direct.to(None, {"eventlet.input": object()}) is None
    assert Direct.to(Engine, {}) is None
