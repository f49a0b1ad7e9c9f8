"""A hostile client: `python -m tests.security.hostile URL COOKIE [ATTACK ...]` prints {attack: outcome} as JSON.

COOKIE is that of someone who is signed in. Some attacks run beside each other, each on connections of its own. What
must come of each is in `OUTCOMES`.
"""

import json
import os
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from .wire import BINARY, CONTINUATION, PING, TEXT, Wire, frame, texts_of

ATTACKS: dict[str, Callable[[str, str], str]] = {}
OUTCOMES: dict[str, str] = {}
ENTER = '42{}["enter",{{"place":"{}"}}]'
LESSONS = ("company/keeping/recall", "company/keeping/spacing")
OTHER_SECTION = "company/saying/explaining"


def attack(outcome: str):
    """Register a function `(url, cookie) -> what came of it`, and what must come of it."""

    def register(function):
        name = function.__name__.replace("_", " ")
        ATTACKS[name], OUTCOMES[name] = function, outcome
        return function

    return register


def sends(name: str, outcome: str, *packets: bytes) -> None:
    """Register an attack that joins, sends some bytes and waits."""

    def send(url, cookie):
        wire = Wire(url).join(cookie)
        wire.send(b"".join(packets))
        return wire.outcome(3)

    ATTACKS[name], OUTCOMES[name] = send, outcome


def text(packet: str) -> bytes:
    return frame(packet.encode(), TEXT)


# What cannot be read hangs up its sender at once.
sends("rubbish", "hung up", text("abc"))
sends("empty packet", "hung up", text(""))
sends("random bytes as text", "hung up", frame(os.urandom(200), TEXT))
sends("random bytes on the wire", "hung up", b"\xff\xfe" + os.urandom(200))
sends("invalid UTF-8", "hung up", frame(b'42["enter",{"place":"\xff\xfe"}]', TEXT))
sends("binary frame", "hung up", frame(b"\x04\xff" * 50, BINARY))
sends("unmasked frame", "hung up", frame(b"3", TEXT, masked=False))
sends("reserved bits", "hung up", frame(b"3", TEXT, reserved=7))
sends("unknown opcode", "hung up", frame(b"3", 5))
sends("control frame in fragments", "hung up", frame(b"x", PING, final=False))
sends("long control frame", "hung up", frame(b"x" * 126, PING))
sends("continuation of nothing", "hung up", frame(b"x", CONTINUATION))
sends("1 MB of nesting", "hung up", text("42" + "[" * 1_000_000))
sends("4 KB of nesting", "hung up", text("42" + "[" * 4_000))
sends("NaN", "hung up", text('42["enter",{"place":NaN}]'))
sends("1e999", "hung up", text('42["enter",{"place":1e999}]'))
# More than a browser's number can hold, as 1e999 is.
sends("endless number", "hung up", text('421["enter",{"place":' + "9" * 4_000 + "}]"))
sends("lone surrogate", "hung up", text('42["enter",{"place":"\\ud800"}]'))
sends("binary attachments", "hung up", text('4551-["enter",{"_placeholder":true,"num":0}]'))
sends("attachments without end", "hung up", text('459999999999-["enter"]'))
sends("Engine.IO packet of a polling client", "hung up", text("2probe"))
sends("unknown Engine.IO packet", "hung up", text("9"))
sends("frame that never ends", "hung up", b"\x81\xff" + (2**62).to_bytes(8, "big") + bytes(4) + b"x" * 100)
sends("top bit of a length", "hung up", b"\x81\xff" + b"\xff" * 8 + bytes(4) + b"x" * 50)
sends("compressed frame", "hung up", frame(b"\x00" * 60, TEXT, reserved=4))
sends("text within a text", "hung up", frame(b"42", TEXT, final=False), frame(b"3", TEXT))
sends("byte order mark", "hung up", text('\ufeff421["x",{}]'))
sends("overlong UTF-8", "hung up", frame(b'421["\xc0\xaf"]', TEXT))
sends("acknowledgement number below zero", "hung up", text('42-1["x",{}]'))
sends("acknowledgement number of 300 digits", "hung up", text("42" + "9" * 300 + '["x",{}]'))
sends("names that are no text", "hung up", text('421[{"enter":1},{}]'))
sends("packets in one frame", "hung up", text('421["x",{}]\x1e422["x",{}]'))
sends("close frame of rubbish", "hung up", frame(b"\x00", 8))
sends("HTTP on a WebSocket", "hung up", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

# A flood of what costs little one by one.
sends("a message in 2,000 fragments", "hung up", frame(b"4", TEXT, final=False), frame(b"2", 0, final=False) * 2000)
sends("empty fragments without end", "hung up", frame(b"4", TEXT, final=False), frame(b"", 0, final=False) * 5000)
sends("10,000 pings", "hung up", frame(b"x" * 100, PING) * 10_000)
sends("10,000 pongs", "hung up", text("3") * 10_000)
sends("10,000 acknowledgements", "hung up", text("431[]") * 10_000)
sends("1,000 namespaces", "hung up", text("40/admin,") * 1_000)
sends("1,000 connects on one socket", "hung up", text("41") + text("40") * 1_000)
sends("1,000 unknown events", "hung up", text('421["x",{}]') * 1_000)


@attack("hung up")
def fragments_without_end(url, cookie):
    """80 MB of a message that never finishes: what Engine.IO's limit of a frame does not see."""
    wire = Wire(url).join(cookie)
    try:
        wire.send(frame(b"4", TEXT, final=False))
        for _ in range(5_000):
            wire.send(frame(b"x" * 16_000, CONTINUATION, final=False))
    except OSError:
        return "hung up"
    return wire.outcome(3)


@attack("hung up")
def a_thousand_enters(url, cookie):
    wire = Wire(url).join(cookie)
    wire.texts(*(ENTER.format(number, LESSONS[number % 2]) for number in range(1_000)))
    return wire.outcome(3)


def answers(url, cookie, *packets: str) -> str:
    """The errors that packets are answered with."""
    wire = Wire(url).join(cookie)
    wire.texts(*packets)
    data = wire.read(1.5)
    found = [json.loads(part) for part in _acknowledgements(data)]
    return "; ".join(sorted({answer.get("error", "ok") for answer in found})) or "no answer"


def _acknowledgements(data: bytes) -> list[str]:
    found = (re.fullmatch(r"43\d+\[(.*)\]", text) for text in texts_of(data))
    return [match[1] for match in found if match]


@attack("There is no event 'connect'.; There is no event 'disconnect'.")
def faked_connect_and_disconnect(url, cookie):
    return answers(url, cookie, '421["connect",{}]', '422["disconnect","x"]')


@attack("There is no event '*'.; There is no event 'connect_error'.; There is no event 'message'.")
def names_of_the_library(url, cookie):
    names = ("*", "\\u0000*", "connect_error", "message")
    return answers(url, cookie, *(f'42{number}["{name}","enter",{{}}]' for number, name in enumerate(names)))


@attack("There is no event 'join'.; There is no event 'join_room'.; There is no event 'subscribe'.")
def rooms_by_name(url, cookie):
    return answers(
        url, cookie, *(f'42{n}["{event}","presence:"]' for n, event in enumerate(("join", "join_room", "subscribe")))
    )


@attack("You are not in the topic '__proto__'.; You are not in the topic 'realtime'.")
def topics_of_others(url, cookie):
    return answers(url, cookie, '421["resync",{"topic":"realtime"}]', '422["resync",{"topic":"__proto__"}]')


@attack("No lesson at '__proto__/constructor/x'.; The payload needs a text 'place'.")
def prototype_like_keys(url, cookie):
    keys = '{"__proto__":{"place":""},"constructor":{"prototype":{}}}'
    return answers(url, cookie, f'421["enter",{keys}]', '422["enter",{"place":"__proto__/constructor/x"}]')


@attack("ok")
def identity_in_payloads(url, cookie):
    """Taken, without the identity: that no one else is seen to move is looked at from outside."""
    return answers(url, cookie, '421["enter",{"place":"","user":1,"id":"1","name":"Grace","key":"x","session":"x"}]')


@attack("refused, and its owner is still there")
def the_sid_of_another_session(url, cookie):
    owner = Wire(url)
    assert owner.upgrade(cookie) == 101
    opened = owner.rest or owner.socket.recv(4096)
    sid = json.loads(opened[opened.index(b"{") :])["sid"]
    status = Wire(url).upgrade(cookie, f"&sid={sid}")
    owner.text("40")
    there = b"40{" in owner.read(1)
    return f"{'refused' if status != 101 else 'let in'}, and its owner is {'still there' if there else 'gone'}"


@attack("{101: 40, 429: 1960}")
def two_thousand_connects_of_one_user(url, cookie):
    """Waits for the transports that other attacks hold, of those that one user may have."""
    wires, statuses = [], Counter()
    for _ in range(2_000):
        wires.append(Wire(url))
        statuses[wires[-1].upgrade(cookie)] += 1
    for wire in wires:
        wire.socket.close()
    return str(dict(sorted(statuses.items())))


@attack("{401: 2000}")
def two_thousand_connects_of_guests(url, cookie):
    statuses = Counter(Wire(url).upgrade(f"session=forged.{number}") for number in range(2_000))
    return str(dict(sorted(statuses.items())))


# What keeps a connection for nothing. Each waits for as long as the server does.


def patience(wires: list[Wire], keep_going: Callable[[Wire], None], longest: float) -> str:
    """The number of some connections that the server has closed after at most `longest` seconds of being kept busy."""
    closed, deadline = 0, time.monotonic() + longest
    while wires and time.monotonic() < deadline:
        time.sleep(0.5)
        left = [wire for wire in wires if not _is_closed(wire, keep_going)]
        closed, wires = closed + len(wires) - len(left), left
    return f"{closed} closed, {len(wires)} open"


def _is_closed(wire: Wire, keep_going) -> bool:
    try:
        keep_going(wire)
        wire.socket.setblocking(False)
        return wire.socket.recv(65536, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        wire.socket.setblocking(True)


@attack("500 closed, 0 open")
def silent_connections(url, cookie):
    return patience([Wire(url) for _ in range(500)], lambda wire: None, 40)


@attack("50 closed, 0 open")
def half_open_handshakes(url, cookie):
    wires = [Wire(url) for _ in range(50)]
    for wire in wires:
        wire.send(wire.request(cookie)[:-2])
    return patience(wires, lambda wire: None, 40)


@attack("50 closed, 0 open")
def request_lines_letter_by_letter(url, cookie):
    return patience([Wire(url) for _ in range(50)], lambda wire: wire.send(b"G"), 40)


@attack("5 closed, 0 open")
def handshakes_that_never_connect(url, cookie):
    wires = [Wire(url) for _ in range(5)]
    assert {wire.upgrade(cookie) for wire in wires} == {101}
    return patience(wires, lambda wire: _drained(wire, text("3")), 40)


@attack("5 closed, 0 open")
def frames_byte_by_byte(url, cookie):
    """Writes a frame so slowly that no single wait of the server is long."""
    wires = [Wire(url).join(cookie) for _ in range(5)]
    for wire in wires:
        wire.send(b"\x81\xfe\x10\x00" + bytes(4))
    return patience(wires, lambda wire: _drained(wire, b"x"), 45)


@attack("5 closed, 0 open")
def pings_that_are_not_answered(url, cookie):
    wires = [Wire(url).join(cookie) for _ in range(5)]
    return patience(wires, lambda wire: _drained(wire, b""), 45)


def _drained(wire: Wire, data: bytes) -> None:
    wire.send(data)
    wire.socket.setblocking(False)
    try:
        if wire.socket.recv(65536) == b"":
            raise ConnectionResetError
    except BlockingIOError:
        pass
    finally:
        wire.socket.setblocking(True)


@attack("hung up")
def never_reading(url, cookie):
    """Asks for more and more, says that all is well, and reads nothing."""
    wire = Wire(url, receive_buffer=2048).join(cookie)
    wire.text(ENTER.format(1, LESSONS[0]))
    deadline = time.monotonic() + 45
    wire.socket.settimeout(1)
    while time.monotonic() < deadline:
        try:
            wire.texts("3", *[ENTER.format(1, lesson) for _ in range(5) for lesson in (LESSONS[0], OTHER_SECTION)][:9])
        except TimeoutError:
            continue
        except OSError:
            return "hung up"
        time.sleep(0.5)
    return "open"


def run(names: list[str], url: str, cookie: str) -> dict[str, str]:
    # Few enough that they do not meet the limit of one user's sockets, which is an attack of its own.
    with ThreadPoolExecutor(8) as pool:
        runs = {name: pool.submit(_outcome, ATTACKS[name], url, cookie) for name in names}
        return {name: future.result() for name, future in runs.items()}


def _outcome(function, url, cookie) -> str:
    try:
        return function(url, cookie)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[3:] or list(ATTACKS), sys.argv[1], sys.argv[2])))
