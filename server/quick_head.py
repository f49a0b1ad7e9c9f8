"""Reads the head of an ordinary request in one go: three regular expressions instead of a parser made for mail.

Only a head that has come whole and is beyond doubt. All others are left to the library, and to its refusals.
"""

import re
from io import BufferedReader

MAX_HEADERS = 99
"""The library's own limit."""
REQUEST_LINE = re.compile(rb"([A-Z]+) (/(?:[!-.0-~][!-~]*)?) (HTTP/1\.[01])\r?\n")
# Lines as head_reader.py wants them, and an empty one.
HEAD = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\0\r\n]*\r?\n)+\r?\n")
HEADER = re.compile(r"([^:\n]+):[ \t]*([^\r\n]*)\r?\n")


class QuickHeaders:
    """The part of `http.client.HTTPMessage` that the server asks for."""

    __slots__ = ("_first", "_headers")

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self._headers = headers
        self._first = {name.lower(): value for name, value in reversed(headers)}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._first

    def get(self, name: str, default: str | None = None) -> str | None:
        return self._first.get(name.lower(), default)

    def get_all(self, name: str, default: list[str]) -> list[str]:
        return [value for known, value in self._headers if known.lower() == name.lower()] or default

    def items(self) -> list[tuple[str, str]]:
        return self._headers

    def get_payload(self) -> str:
        """Nothing: every line is a header."""
        return ""


def read_request_line(line: bytes) -> tuple[str, str, str] | None:
    """The method, the path and the version; None for a line that is out of the ordinary."""
    found = REQUEST_LINE.fullmatch(line)
    return (found[1].decode(), found[2].decode(), found[3].decode()) if found else None


def read_headers(stream: BufferedReader) -> QuickHeaders | None:
    """The headers, up to the empty line. None, with nothing read, for a head that the library has to look at."""
    found = HEAD.match(stream.peek())
    if found is None:
        return None
    headers = HEADER.findall(found[0].decode("latin-1"))
    if len(headers) > MAX_HEADERS:
        return None
    stream.read(found.end())
    return QuickHeaders(headers)
