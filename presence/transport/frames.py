"""JSON as browsers read it, both ways, and frames that are encoded once for many sockets.

Python's json writes and reads NaN, Infinity and lone surrogates; a browser drops the connection when it meets the
first two and a database refuses the third, so one careless client could hang up a whole class. Here they are errors.
"""

import json
import struct
from collections.abc import Iterable

import orjson
from engineio import packet as engine_packet
from socketio import packet as socket_packet

NAMESPACE = "/"


def loads(text: str | bytes, **_options) -> object:
    """Read one JSON value. Raises ValueError for everything that is not strict JSON, and for bottomless nesting."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        # Lone surrogates hide in escapes; encoding is the cheapest way to find them, and most texts have no escape.
        if "\\u" in text if isinstance(text, str) else b"\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None
    return value


def dumps(value: object, **_options) -> str:
    """Write one JSON value, compact. Raises ValueError for numbers that JSON does not have."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


class Frame(engine_packet.Packet):
    """An event as an Engine.IO packet for any number of sockets; `bytes` is its WebSocket frame.

    Raises ValueError for what JSON or UTF-8 cannot hold.
    """

    def __init__(self, event: str, payload: dict) -> None:
        # Socket.IO's own packet would search the payload for binary parts, which costs as much as writing it. What is
        # in a payload is ours, and holds no fractions: orjson would write NaN as null.
        super().__init__(engine_packet.MESSAGE, f"{socket_packet.EVENT}{orjson.dumps([event, payload]).decode()}")
        self.bytes = framed(self)

    @property
    def packets(self) -> tuple["Frame", ...]:
        # Made when asked for: kept, it would be a cycle, and every frame would wait for the collector.
        return (self,)


class Frames:
    """Several frames for one socket, in one piece; `packets` are what they hold, each for itself."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.packets = tuple(frames)
        self.bytes = b"".join(frame.bytes for frame in self.packets)


def framed(packet: engine_packet.Packet) -> bytes:
    """The WebSocket frame (RFC 6455) of a packet that is text."""
    text = packet.encode().encode()
    return _header(len(text)) + text


def _header(length: int) -> bytes:
    """One unmasked text frame that is a whole message."""
    if length < 126:
        return struct.pack("!BB", 0x81, length)
    return struct.pack("!BBH", 0x81, 126, length) if length < 65536 else struct.pack("!BBQ", 0x81, 127, length)


def _refuse(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}.")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large a number.")
    return number
