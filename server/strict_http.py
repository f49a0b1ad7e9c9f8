"""Refuses requests whose end is ambiguous; imported by server/protocol.py only.

Chunked bodies are refused as a whole: browsers send none, and eventlet reads endless chunk sizes and trailers without a
limit. A head that two parsers would split differently (two Content-Lengths, a space before a colon) is how request
smuggling begins.
"""

import re
from email.message import Message
from http import HTTPStatus

RESPONSE = (
    "HTTP/1.1 {status}\r\n{extra}Connection: close\r\nX-Content-Type-Options: nosniff\r\n"
    "Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{text}"
)
LENGTH = re.compile("[0-9]{1,18}")


def response(status: str, text: str, extra: str = "") -> bytes:
    """A complete response, for a request that never reaches the site."""
    return RESPONSE.format(status=status, extra=extra, length=len(text) + 1, text=text + "\n").encode()


def unreadable(code: int) -> bytes:
    """The response to a head that cannot be parsed: 400, 431 or 505."""
    return response(f"{code} {HTTPStatus(code).phrase}", "The head of this request cannot be read.")


CHUNKED = response("411 Length Required", "This site takes bodies with a Content-Length only.")
AMBIGUOUS = response("400 Bad Request", "The head of this request is ambiguous.")
BUSY = response("503 Service Unavailable", "The site is busy. Please try again in a moment.", "Retry-After: 5\r\n")


def refusal(headers: Message) -> bytes | None:
    """The response to a head that must not be served, an `http.client.HTTPMessage`; None for a good one."""
    if "transfer-encoding" in headers:
        return CHUNKED
    lengths = headers.get_all("content-length", [])
    # The parser ends the head at a line that is not a header, and keeps the rest as a text.
    if len(lengths) > 1 or not all(map(LENGTH.fullmatch, lengths)) or headers.get_payload():
        return AMBIGUOUS
    return None
