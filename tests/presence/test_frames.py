"""The bounds below Engine.IO, on a WebSocket that is none. The real one is tried in tests/security."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence.transport import guards
from presence.transport.guards import FRAMES_AT_A_TIME, BufferedSocket, GuardedWebSocket
from presence.transport.rate_limit import FRAMES_AT_ONCE, MESSAGE_BYTES


class Fake:
    """As eventlet's WebSocket: `wait` receives frames until a message is whole."""

    closed, socket = False, None

    def __init__(self, *messages):
        self._messages = list(messages)

    def _recv_frame(self, message=None):
        message = message or SimpleNamespace(data=[])
        message.data.append(b"x" * 100)
        return message

    def wait(self):
        message = None
        for _ in range(self._messages[0] if isinstance(self._messages[0], int) else 1):
            message = self._recv_frame(message=message)
        found = self._messages.pop(0)
        return "4" if isinstance(found, int) else found


def guarded(*messages):
    turns = []
    ws = GuardedWebSocket(Fake(*messages), turns.append)
    ws.turns = turns
    return ws


@pytest.mark.parametrize("packet", ["1", "3", "4", '42["enter",{}]', None])
def test_packets_pass(packet):
    assert guarded(packet).wait() == packet


@pytest.mark.parametrize("packet", ["", "0", "2", "5", "6", "9", "abc", "４2", b"", b"4", b"\x04"])
def test_everything_else_ends_the_connection(packet):
    assert guarded(packet).wait() is None


def test_others_have_their_turn_after_a_few_frames():
    ws = guarded(3 * FRAMES_AT_A_TIME)
    ws.wait()
    assert ws.turns == [0] * 3


def test_a_message_is_bounded_however_many_frames_it_comes_in():
    assert guarded(MESSAGE_BYTES // 100).wait() == "4"
    assert guarded(MESSAGE_BYTES // 100 + 1).wait() is None


def test_frames_are_bounded_however_many_messages_they_make(monkeypatch):
    monkeypatch.setattr(guards, "monotonic", lambda: 0.0)
    ws = guarded(*["3"] * (FRAMES_AT_ONCE + 1))
    assert [ws.wait() for _ in range(FRAMES_AT_ONCE)] == ["3"] * FRAMES_AT_ONCE
    assert ws.wait() is None


def test_the_rest_is_the_websocket_s_own():
    ws = guarded("3")
    ws._ws.socket = "a socket"
    assert ws.socket == "a socket"
    assert not hasattr(ws, "_sock")


@given(st.lists(st.binary(min_size=1, max_size=6000), max_size=5), st.lists(st.integers(1, 5000), min_size=1))
def test_reading_in_large_pieces_loses_and_adds_nothing(pieces, counts):
    arriving = list(pieces)

    class Wire:
        def recv(self, count):
            data, rest = arriving[0][:count] if arriving else b"", arriving[0][count:] if arriving else b""
            arriving[:1] = [rest] if rest else []
            return data

    socket, read = BufferedSocket(Wire()), b""
    for count in counts * 40:
        data = socket.recv(count)
        assert len(data) <= count
        read += data
        if not data:
            break
    assert b"".join(pieces).startswith(read)
    assert data or read == b"".join(pieces)
