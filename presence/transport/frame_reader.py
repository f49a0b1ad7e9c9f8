"""Reads the WebSocket frames (RFC 6455) of a client from the bytes that arrive. Pure.

Eventlet's own reader takes the head, the mask and the body of each frame in separate reads and unmasks byte by byte:
several times what this costs. It needs no C extension: one XOR of two large integers unmasks a whole frame.

    reader = FrameReader(4096)
    reader.feed(b"\\x81\\x81....")
    reader.read()                   # (TEXT, b"3"), or None until the rest of the frame has come
"""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FINAL_TEXT = 0x81
FINAL, RESERVED, OPCODE, CONTROL, MASKED = 0x80, 0x70, 0x0F, 0x08, 0x80
LONGEST_CONTROL = LONGEST_SHORT = 125
OPCODES = frozenset((CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG))
PROTOCOL_ERROR, NOT_UTF8, TOO_LONG = 1002, 1007, 1009

Message = tuple[int, bytes]
"""An opcode, never CONTINUATION, and what the frame or the frames of the message hold."""


class FrameError(Exception):
    """Not a frame that a client may send; `status` is for the close frame."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class FrameReader:
    """`limit` bounds a message, in one frame or in many, in bytes. `frames` counts those that were read."""

    __slots__ = ("_buffer", "_limit", "_longest_short", "_opcode", "_parts", "frames")

    def __init__(self, limit: int) -> None:
        self._limit, self._buffer = limit, b""
        self._longest_short = MASKED | min(limit, LONGEST_SHORT)
        self._opcode, self._parts = CONTINUATION, b""
        self.frames = 0

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def read(self) -> Message | None:
        """The next message or control frame; None until more bytes come. Raises FrameError.

        Each frame of a longer message but the last is read too, and gives an empty one: (CONTINUATION, b"").
        """
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        first, second = buffer[0], buffer[1]
        if first == FINAL_TEXT and MASKED <= second <= self._longest_short and self._opcode == CONTINUATION:
            return self._short_text(buffer, 6 + second - MASKED)
        self._check_head(first, second)
        start, length = _extent(buffer, second & ~MASKED)
        if length > self._limit:
            raise FrameError(TOO_LONG, "too long")
        end = start + 4 + length
        if len(buffer) < end:
            return None
        self._buffer = buffer[end:]
        self.frames += 1
        return self._message(first, unmasked(buffer[start + 4 : end], buffer[start : start + 4]))

    def _short_text(self, buffer: bytes, end: int) -> Message | None:
        """A text of one short frame, as nearly all are: every check of another frame is passed or does not apply."""
        if len(buffer) < end:
            return None
        self._buffer = buffer[end:]
        self.frames += 1
        return TEXT, unmasked(buffer[6:end], buffer[2:6])

    def _check_head(self, first: int, second: int) -> None:
        opcode = first & OPCODE
        if first & RESERVED or opcode not in OPCODES:
            raise FrameError(PROTOCOL_ERROR, "a reserved bit or opcode")
        if not second & MASKED:
            raise FrameError(PROTOCOL_ERROR, "an unmasked frame")
        if opcode & CONTROL:
            if not first & FINAL or second & ~MASKED > LONGEST_CONTROL:
                raise FrameError(PROTOCOL_ERROR, "a control frame that is long or in fragments")
        elif (opcode == CONTINUATION) != (self._opcode != CONTINUATION):
            raise FrameError(PROTOCOL_ERROR, "a continuation of nothing, or none of a fragment")

    def _message(self, first: int, payload: bytes) -> Message:
        opcode = first & OPCODE
        if opcode & CONTROL or (first & FINAL and opcode != CONTINUATION):
            return opcode, payload
        if len(self._parts) + len(payload) > self._limit:
            raise FrameError(TOO_LONG, "too long")
        self._opcode, self._parts = opcode or self._opcode, self._parts + payload
        if not first & FINAL:
            return CONTINUATION, b""
        message = self._opcode, self._parts
        self._opcode, self._parts = CONTINUATION, b""
        return message


def _extent(buffer: bytes, length: int) -> tuple[int, int]:
    """The index where the mask begins, and the length of the payload; no length while its bytes have not all come."""
    if length < 126:
        return 2, length
    start = 4 if length == 126 else 10
    return start, int.from_bytes(buffer[2:start], "big") if len(buffer) >= start else 0


def unmasked(data: bytes, mask: bytes) -> bytes:
    """The data XOR its mask of four bytes, repeated."""
    length = len(data)
    key = int.from_bytes((mask * (length // 4 + 1))[:length], "little")
    return (int.from_bytes(data, "little") ^ key).to_bytes(length, "little")
