"""The real server on the wire: ambiguous requests are refused, and a refusal reaches its sender."""

import socket
from urllib.parse import urlsplit

import pytest

from server.protocol import unmapped
from tests.helpers.server import RunningSite

SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


def talk(site, *lines, body=b"", rest=b"", half_close=True):
    """All that the server answers to a head and a body, until it hangs up or says nothing for a second."""
    at = urlsplit(site.url)
    with socket.create_connection((at.hostname, at.port), timeout=2) as connection:
        connection.sendall("\r\n".join([*lines, "Host: x", "", ""]).encode() + body)
        answer = b""
        try:
            if rest:
                connection.sendall(rest)
            while piece := connection.recv(65536):
                answer += piece
        except TimeoutError:
            answer += b" (open)"
    return answer.decode(errors="replace")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (["Transfer-Encoding: chunked"], 411),
        (["Transfer-Encoding: gzip, chunked"], 411),
        (["Transfer-Encoding: identity"], 411),
        (["transfer-encoding:\tchunked"], 411),
        (["Transfer-Encoding: chunked", "Content-Length: 5"], 411),
        (["Content-Length: 5", "Content-Length: 5"], 400),
        (["Content-Length: 0", "Content-Length: 38"], 400),
        (["Content-Length: +5"], 400),
        (["Content-Length: 5_0"], 400),
        (["Content-Length: 5, 5"], 400),
        (["Content-Length : 5"], 400),
        (["Content-Length: -1"], 400),
        (["Content-Length: 9999999999999999999999"], 400),
        (["X: 1", "no header at all"], 400),
        (["X: 1\rContent-Length: 5"], 400),
        (["X: 1\rTransfer-Encoding: chunked"], 400),
        (["X: 1\n\rContent-Length: 5"], 400),
        (["X: 1", " Content-Length: 5"], 400),
        ([" Content-Length: 5"], 400),
        (["X: 1\0"], 400),
        (["Content\0-Length: 5"], 400),
        ([": 1"], 400),
        (["From x y"], 400),
    ],
)
@pytest.mark.parametrize("method", ["POST /login", "GET /healthz"])
def test_an_ambiguous_request_is_refused_and_nothing_after_it_is_read(site, method, headers, status):
    answer = talk(site, f"{method} HTTP/1.1", *headers, body=SMUGGLED.encode())
    assert answer.startswith((f"HTTP/1.1 {status} ", f"HTTP/1.0 {status} "))
    assert answer.count("HTTP/1.") == 1
    assert "(open)" not in answer


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("BREW", 400),
        ("GET / HTTP/1.1 more", 400),
        ("GET / HTTP/one", 400),
        ("GET / HTTP/9.9", 505),
        ("GET /" + "a" * 100_000 + " HTTP/1.1", 414),
    ],
)
def test_a_request_line_that_cannot_be_read_is_refused_in_words(site, line, status):
    answer = talk(site, line)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert answer.endswith("The head of this request cannot be read.\n")
    assert "Server:" not in answer


@pytest.mark.parametrize("lines", [[f"X-{n}: {'y' * 600}" for n in range(30)], ["X: " + "y" * 9000]])
def test_a_head_that_is_too_large_is_refused_in_words(site, lines):
    answer = talk(site, "GET /healthz HTTP/1.1", *lines)
    assert answer.startswith("HTTP/1.1 431 ")
    assert answer.endswith("The head of this request cannot be read.\n")


def test_a_head_that_breaks_off_is_not_served(site):
    at = urlsplit(site.url)
    with socket.create_connection((at.hostname, at.port), timeout=5) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1000) == b""


def test_a_body_that_no_one_reads_is_not_the_next_request(site):
    body = SMUGGLED.encode()
    answer = talk(site, "GET /healthz HTTP/1.1", f"Content-Length: {len(body)}", "Connection: close", body=body)
    assert answer.count("HTTP/1.1") == 1


def test_pipelined_requests_are_all_answered_in_order(site):
    rest = "GET /healthz/ready HTTP/1.1\r\nHost: x\r\n\r\nGET /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = talk(site, "GET /healthz HTTP/1.1", rest=rest.encode())
    assert answer.index('{"status":"ok"}') < answer.index('"ready"') < answer.index(" 404 ")


@pytest.mark.parametrize("size", [10**6, 10**15])
def test_a_body_over_the_limit_is_refused_in_a_page_that_arrives(site, size):
    """Closing with unread data would reset the connection, and a browser would show that instead."""
    form = "Content-Type: application/x-www-form-urlencoded"
    answer = talk(site, "POST /login HTTP/1.1", form, f"Content-Length: {size}", rest=b"x" * 10**6)
    assert answer.startswith("HTTP/1.1 413 ")
    assert "Connection: close" in answer


@pytest.mark.parametrize(
    ("address", "plain"),
    [("::ffff:1.2.3.4", "1.2.3.4"), ("1.2.3.4", "1.2.3.4"), ("::1", "::1"), ("2001:db8::1", "2001:db8::1")],
)
def test_a_visitor_over_ipv4_has_one_address_whatever_the_site_listens_on(address, plain):
    assert unmapped(address) == plain
