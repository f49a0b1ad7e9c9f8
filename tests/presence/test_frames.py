"""WebSocket frames of clients: what is read from them, and what must not come. tests/security tries the real thing."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence.transport.frame_reader import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    TEXT,
    FrameError,
    FrameReader,
    unmasked,
)
from presence.transport.guards import GuardedWebSocket
from presence.transport.rate_limit import MESSAGE_BYTES

MASK = b"\x01\x80\xff\x33"


def frame(payload=b"3", opcode=TEXT, final=True, reserved=0, masked=True):
    """A frame as a client sends it."""
    length = len(payload)
    kind, form = (length, "!B") if length < 126 else (126, "!BH") if length < 65_536 else (127, "!BQ")
    size = struct.pack(form, *(kind, length)[: len(form) - 1])
    head = bytes((final << 7 | reserved << 4 | opcode, size[0] | masked << 7)) + size[1:]
    return head + (MASK + bytes(byte ^ MASK[n % 4] for n, byte in enumerate(payload)) if masked else payload)


def read(*frames):
    """All messages of some frames; CONTINUATION stands for a part of one."""
    reader = FrameReader(MESSAGE_BYTES)
    reader.feed(b"".join(frames))
    return list(iter(reader.read, None))


@given(st.binary(max_size=5000), st.binary(min_size=4, max_size=4))
def test_unmasking_is_the_xor_of_each_byte_with_its_part_of_the_mask(data, mask):
    assert unmasked(data, mask) == bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, MESSAGE_BYTES])
def test_a_frame_is_read(length):
    assert read(frame(b"x" * length)) == [(TEXT, b"x" * length)]


@given(st.lists(st.binary(max_size=300), max_size=5), st.lists(st.integers(1, 50), min_size=1))
def test_frames_may_come_in_any_pieces(payloads, sizes):
    arriving, reader, found = b"".join(map(frame, payloads)), FrameReader(MESSAGE_BYTES), []
    while arriving:
        for size in sizes:
            reader.feed(arriving[:size])
            arriving = arriving[size:]
            found += iter(reader.read, None)
    assert found == [(TEXT, payload) for payload in payloads]


def test_a_message_may_come_in_fragments_with_control_frames_between():
    frames = [
        frame(b"4", TEXT, final=False),
        frame(b"", PING),
        frame(b"2", CONTINUATION, final=False),
        frame(b"[]", CONTINUATION),
        frame(b"3"),
    ]
    part = (CONTINUATION, b"")
    assert read(*frames) == [part, (PING, b""), part, (TEXT, b"42[]"), (TEXT, b"3")]


@pytest.mark.parametrize(
    ("status", "frames"),
    [
        (1002, [frame(reserved=1)]),
        (1002, [frame(reserved=4)]),
        (1002, [frame(opcode=3)]),
        (1002, [frame(opcode=11)]),
        (1002, [frame(masked=False)]),
        (1002, [frame(opcode=PING, final=False)]),
        (1002, [frame(b"x" * 126, PING)]),
        (1002, [frame(opcode=CONTINUATION)]),
        (1002, [frame(final=False), frame()]),
        (1002, [frame(final=False), frame(opcode=BINARY)]),
        (1009, [frame(b"x" * (MESSAGE_BYTES + 1))]),
        (1009, [frame(b"x" * 70_000)]),
        (1009, [frame(b"x" * 3000, final=False), frame(b"x" * 3000, CONTINUATION)]),
        (1009, [b"\x81\xff" + (2**63).to_bytes(8, "big")]),
    ],
)
def test_what_no_client_may_send_is_an_error(status, frames):
    with pytest.raises(FrameError) as error:
        read(*frames)
    assert error.value.status == status


def test_a_long_frame_is_refused_by_its_head():
    with pytest.raises(FrameError):
        read(frame(b"x" * 70_000)[:10])


def test_each_frame_of_a_message_is_counted():
    reader = FrameReader(MESSAGE_BYTES)
    reader.feed(frame(b"4", final=False) + frame(b"", CONTINUATION, final=False) * 9 + frame(b"", CLOSE))
    assert len(list(iter(reader.read, None))) == reader.frames == 11


class Fake:
    """As the WebSocket of a server on threads."""

    def __init__(self, packet):
        self.packet, self.socket = packet, "a socket"

    def wait(self):
        return self.packet


@pytest.mark.parametrize("packet", ["1", "3", "4", '42["enter",{}]', None])
def test_packets_pass_on_threads(packet):
    assert GuardedWebSocket(Fake(packet)).wait() == packet


@pytest.mark.parametrize("packet", ["", "0", "2", "5", "6", "9", "abc", "４2", b"", b"4", b"\x04"])
def test_everything_else_ends_the_connection_on_threads(packet):
    assert GuardedWebSocket(Fake(packet)).wait() is None


def test_the_rest_is_the_websocket_s_own():
    assert GuardedWebSocket(Fake("3")).socket == "a socket"
