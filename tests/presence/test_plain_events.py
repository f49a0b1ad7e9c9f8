"""Events that are handled without Socket.IO: which they are, and that the answer is the one that Socket.IO gives."""

from types import SimpleNamespace

import pytest

from presence.transport.plain_events import PlainEvents, read_event


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ('21["enter",{"place":""}]', ("1", ["enter", {"place": ""}])),
        ('2["activity",{}]', ("", ["activity", {}])),
        ('2007["x"]', ("007", ["x"])),
        ('2["x",1,[2]]', ("", ["x", 1, [2]])),
    ],
)
def test_a_plain_event_is_read(text, event):
    assert read_event(text) == event


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "1",
        "2",
        "31[]",
        '2/admin,["x"]',
        '51-["x",{"_placeholder":true,"num":0}]',
        '21-["x"]',
        '2 1["x"]',
        '2٣["x"]',
        "2[]",
        "2[{}]",
        "2[1]",
        '2["connect",{}]',
        '2["disconnect"]',
        '2["connect_error"]',
        '2["*"]',
        f'2{"1" * 16}["x"]',
        '2{"a":["x"]}',
    ],
)
def test_everything_else_is_left_to_socketio(text):
    assert read_event(text) is None


@pytest.mark.parametrize("text", ["2[", '2["x",NaN]', '2["x",1e999]', '2["x","\\ud800"]', '2["x"]]', "2" + "[" * 4000])
def test_what_is_no_strict_json_is_an_error(text):
    with pytest.raises(ValueError, match="."):
        read_event(text)


class Box:
    def __init__(self):
        self.said = []

    def write_soon(self, data):
        self.said.append(data)


def events(answer=None, connected=True):
    """A handler of `enter`, the outbox of its socket, and what was left to Socket.IO."""
    box, left = Box(), []
    manager = SimpleNamespace(sid_from_eio_sid=lambda *_: "sid", is_connected=lambda *_: connected)
    handlers = {"/": {"enter": lambda sid, payload: box.write_soon((sid, payload)) or answer}}
    eio = SimpleNamespace(sockets={"a": SimpleNamespace(queue=box)})
    server = SimpleNamespace(manager=manager, handlers=handlers, eio=eio)
    return PlainEvents(server, lambda *left_to_it: left.append(left_to_it)), box, left


def test_an_event_is_handled_and_then_answered():
    plain, box, _left = events({"ok": True})
    plain.handle("a", '217["enter",{"place":""}]')
    assert box.said == [("sid", {"place": ""}), b'\x81\x114317[{"ok":true}]']


def test_an_error_is_answered_as_it_is():
    plain, box, _left = events({"ok": False, "error": "é"})
    plain.handle("a", '21["enter",{}]')
    assert b'431[{"ok":false,"error":"\\u00e9"}]' in box.said[1]


def test_without_a_number_there_is_no_answer():
    plain, box, _left = events({"ok": True})
    plain.handle("a", '2["enter",{}]')
    assert box.said == [("sid", {})]


@pytest.mark.parametrize(("text", "connected"), [('21["dance",{}]', True), ('21["enter",{}]', False), ("1", True)])
def test_unknown_events_and_sockets_are_left_to_socketio(text, connected):
    plain, box, left = events(connected=connected)
    plain.handle("a", text)
    assert left == [("a", text)]
    assert not box.said
