"""An event encoded once for any number of sockets."""

import struct
from collections.abc import Iterable, Mapping

import orjson
from engineio import packet as engine_packet
from socketio import packet as socket_packet

from .frame_reader import FINAL_TEXT

NAMESPACE = "/"
EVENT = f"{engine_packet.MESSAGE}{socket_packet.EVENT}".encode()
MEDIUM, LONG = struct.Struct("!BBH").pack, struct.Struct("!BBQ").pack


class Frame(engine_packet.Packet):  # type: ignore[misc]  # the library has no types
    """An event as an Engine.IO packet for any number of sockets; `bytes` is its WebSocket frame.

    Raises ValueError for what JSON or UTF-8 cannot hold.
    """

    packet_type, binary, encode_cache = engine_packet.MESSAGE, False, None

    # The library's packet is a text, which nearly no frame is asked for, and Socket.IO's own would search the payload
    # for binary parts. What is in a payload is ours, and holds no fractions: orjson would write NaN as null.
    def __init__(self, event: str, payload: Mapping[str, object]) -> None:
        self._packet = EVENT + orjson.dumps([event, payload])
        self.bytes = _header(len(self._packet)) + self._packet

    @property
    def data(self) -> str:
        """The Socket.IO packet."""
        return self._packet[1:].decode()

    @property
    def packets(self) -> tuple["Frame", ...]:
        # Made when asked for: kept, it would be a cycle, and every frame would wait for the collector.
        return (self,)


class Frames:
    """Several frames for one socket, in one piece; `packets` are the frames one by one."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.packets = tuple(frames)
        self.bytes = b"".join(frame.bytes for frame in self.packets)


def websocket_frame(packet: engine_packet.Packet) -> bytes:
    """The WebSocket frame (RFC 6455) of a text packet."""
    return text_frame(packet.encode())


def text_frame(text: str) -> bytes:
    """The WebSocket frame of a text."""
    data = text.encode()
    return _header(len(data)) + data


def _header(length: int) -> bytes:
    """The header of one unmasked text frame that is a whole message."""
    if length < 126:
        return bytes((FINAL_TEXT, length))
    return MEDIUM(FINAL_TEXT, 126, length) if length < 65536 else LONG(FINAL_TEXT, 127, length)
