"""Reads the head of a request, up to a limit, and notes whether it was complete.

Eventlet allows 64 KB in 100 lines, all of which the parser keeps at once, and treats a head that breaks off as
complete: it would make a page for a client that has gone. Node's limit is 16 KB too. The parser, made for mail, ends a
line at a lone CR and joins folded lines, where a proxy in front may see one header more or fewer.
"""

import re
from typing import Protocol

MAX_HEAD_BYTES = 16 * 1024
# Below the 8,192 of eventlet, whose own refusal has no sentence.
MAX_LINE_BYTES = 8_000
# RFC 9110: a token, a colon at once, and a value without CR, LF and NUL.
HEADER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\0\r\n]*\r?\n")


class Lines(Protocol):
    def readline(self, size: int = -1, /) -> bytes: ...


class HeadTooLarge(Exception):
    """More than the limit, in one line or in all."""


class HeadAmbiguous(Exception):
    """A line that other parsers would take for more than one header, or for none."""


class HeadReader:
    """The lines after the request line. `is_whole` once the empty line has been read."""

    def __init__(self, lines: Lines) -> None:
        self._lines, self._left = lines, MAX_HEAD_BYTES
        self.is_whole = False

    def readline(self, _size: int = -1) -> bytes:
        line = self._lines.readline(MAX_LINE_BYTES)
        self._left -= len(line)
        if len(line) >= MAX_LINE_BYTES or self._left < 0:
            raise HeadTooLarge
        self.is_whole = line in (b"\r\n", b"\n")
        # One without an end is what has come of a head that breaks off.
        if not self.is_whole and line.endswith(b"\n") and not HEADER.fullmatch(line):
            raise HeadAmbiguous
        return line
