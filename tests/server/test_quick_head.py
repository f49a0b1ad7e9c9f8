"""The quick way to read a head finds what the library finds, and leaves to it all that is out of the ordinary."""

import http.client
import io

import pytest

from server import quick_head
from server.head_reader import HeadReader

ORDINARY = [
    b"Host: x\r\n\r\n",
    b"Host: x\n\n",
    b"Host:x\r\nX:\r\nY: \t a b \t\r\n\r\nbody: 1\r\n\r\n",
    b"X: 1\r\nx: 2\r\nX_Y: 3\r\nContent-Length: 5 \r\n\r\nhello",
    b"X: a:b\xe9\xff\x85\x0b\x1c\r\nFrom: x y\r\n\r\n",
    b"X: y\r\n" * 99 + b"\r\n",
]
OTHERS = [
    b"",
    b"\r\n",
    b"Host: x",
    b"Host: x\r\n",
    b"Host: x\r\n\r",
    b"X: 1\r\n folded\r\n\r\n",
    b" X: 1\r\n\r\n",
    b"X : 1\r\n\r\n",
    b": 1\r\n\r\n",
    b"no header\r\n\r\n",
    b"X: 1\0\r\n\r\n",
    b"X: 1\rY: 2\r\n\r\n",
    b"\xe9: 1\r\n\r\n",
    b"X: y\r\n" * 100 + b"\r\n",
    b"X: " + b"y" * 3000 + b"\r\n\r\n",
]


def stream(data):
    return io.BufferedReader(io.BytesIO(data), 2048)


@pytest.mark.parametrize("data", ORDINARY)
def test_the_headers_are_those_that_the_library_finds(data):
    quickly, carefully = stream(data), stream(data)
    found, known = quick_head.read_headers(quickly), http.client.parse_headers(HeadReader(carefully))
    assert found.items() == known.items()
    assert quickly.read() == carefully.read()
    for name in ("host", "X", "x", "Content-Length", "none"):
        assert found.get(name) == known.get(name)
        assert found.get_all(name, []) == known.get_all(name, [])
        assert (name in found) == (name in known)


@pytest.mark.parametrize("data", OTHERS)
def test_of_any_other_head_nothing_is_read(data):
    other = stream(data)
    assert quick_head.read_headers(other) is None
    assert other.read() == data


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"GET / HTTP/1.1\r\n", ("GET", "/", "HTTP/1.1")),
        (b"POST /a%20b?c=//d HTTP/1.0\n", ("POST", "/a%20b?c=//d", "HTTP/1.0")),
        (b"GET //host HTTP/1.1\r\n", None),
        (b"GET http://host/ HTTP/1.1\r\n", None),
        (b"GET /\xa0 HTTP/1.1\r\n", None),
        (b"GET  / HTTP/1.1\r\n", None),
        (b"GET / HTTP/1.1 \r\n", None),
        (b"GET / HTTP/1.2\r\n", None),
        (b"GET /\r\n", None),
        (b"GET / HTTP/1.1", None),
    ],
)
def test_a_request_line_is_read_quickly_when_it_is_beyond_doubt(line, found):
    assert quick_head.read_request_line(line) == found
