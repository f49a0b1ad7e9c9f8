"""The head of a request: whole, broken off, or too large."""

import io

import pytest

from server.head_reader import MAX_HEAD_BYTES, MAX_LINE_BYTES, HeadReader, HeadTooLarge


def read(data):
    """Read as the parser does: up to the empty line or the end."""
    reader = HeadReader(io.BytesIO(data))
    while reader.readline() not in (b"\r\n", b"\n", b""):
        pass
    return reader


@pytest.mark.parametrize("data", [b"\r\n", b"Host: x\r\n\r\n", b"Host: x\n\n", b"Host: x\r\n\r\nGET"])
def test_a_head_is_whole_when_its_empty_line_has_come(data):
    assert read(data).is_whole


@pytest.mark.parametrize("data", [b"", b"Host: x", b"Host: x\r\n", b"Host: x\r\n\r"])
def test_a_head_that_breaks_off_is_not_whole(data):
    assert not read(data).is_whole


def test_a_line_or_a_head_over_the_limit_is_refused():
    line = b"X: " + b"y" * 1000 + b"\r\n"
    fits = line * (MAX_HEAD_BYTES // len(line))
    assert read(fits + b"\r\n").is_whole
    for data in (fits + line, b"X: " + b"y" * MAX_LINE_BYTES):
        with pytest.raises(HeadTooLarge):
            read(data)
