"""Floods by a guest without a cookie: `python -m tests.security.floods URL NAME SECONDS` prints its outcome.

Each flood lasts some seconds. The site answers it, refuses it or hangs up; the people beside it must not notice.
"""

import re
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import requests

FLOODS: dict[str, Callable[["Target"], None]] = {}
LESSON = "/courses/company/keeping/recall"
FORM = "Content-Type: application/x-www-form-urlencoded"


class Target:
    """A flood: its target, its end, and the status codes that came back."""

    def __init__(self, url: str, seconds: float) -> None:
        self.url, self.at = url, urlsplit(url)
        self.ends = time.monotonic() + seconds
        self.statuses: Counter[str] = Counter()

    @property
    def going(self) -> bool:
        return time.monotonic() < self.ends

    def connect(self) -> socket.socket:
        connection = socket.create_connection((self.at.hostname, self.at.port), timeout=5)
        threading.Thread(target=self._read, args=[connection], daemon=True).start()
        return connection

    def head(self, *lines: str) -> bytes:
        return "\r\n".join([*lines, f"Host: {self.at.netloc}", "", ""]).encode()

    def beside_each_other(self, count: int, function: Callable[[int], None]) -> None:
        threads = [threading.Thread(target=function, args=[number]) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, connection: socket.socket) -> None:
        with suppress(OSError):
            while data := connection.recv(65536):
                self.statuses.update(status.decode() for status in re.findall(rb"HTTP/1\.1 (\d+)", data))


def flood(function):
    FLOODS[function.__name__.replace("_", " ")] = function
    return function


def streams(name: str, head: list[str], piece: bytes, rate: float, connections: int = 1) -> None:
    """Register a flood: connections send a head, then a piece again and again, at a rate in bytes a second."""

    def run(target: Target) -> None:
        def one(_number: int) -> None:
            while target.going:
                with suppress(OSError), target.connect() as connection:
                    connection.sendall(target.head(*head) if head else b"")
                    data = piece or target.head(f"GET {LESSON} HTTP/1.1") * 20
                    while target.going:
                        connection.sendall(data)
                        time.sleep(len(data) / rate)

        target.beside_each_other(connections, one)

    FLOODS[name] = run


POST = ["POST /login HTTP/1.1", FORM]
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
streams("pipelined health checks", [], HEALTH * 200, 300_000)
streams("pipelined health checks on 100 connections", [], HEALTH * 20, 10_000, connections=100)
streams("pipelined lessons", [], b"", 300_000)
streams("pipelined lessons on 50 connections", [], b"", 3_000, connections=50)
streams("chunks", [*POST, "Transfer-Encoding: chunked"], b"1\r\nx\r\n" * 3_000, 5e6)
streams("an endless chunk size", [*POST, "Transfer-Encoding: chunked"], b"1" * 16_000, 5e6)
streams("trailers", [*POST, "Transfer-Encoding: chunked", "", "0"], b"x: y\r\n" * 3_000, 5e6)
streams("chunks in disguise", [*POST, "Transfer-Encoding: gzip, chunked"], b"1\r\nx\r\n" * 3_000, 5e6)
streams("a body of a petabyte", [*POST, f"Content-Length: {10**15}"], b"x" * 65_536, 20e6)
streams("a body of 60 KB, again and again", [], b"", 1e5)
streams("bodies of 8 MB", [*POST, f"Content-Length: {8 * 2**20}"], b"x" * 65_536, 20e6, connections=20)
FLOODS["a body of 60 KB, again and again"] = lambda target: target.beside_each_other(10, _posts(target, 60_000))


def _posts(target: Target, size: int) -> Callable[[int], None]:
    def one(_number: int) -> None:
        data = target.head(*POST, f"Content-Length: {size}") + b"username=" + b"x" * (size - 9)
        while target.going:
            with suppress(OSError), target.connect() as connection:
                while target.going:
                    connection.sendall(data)

    return one


def visits(name: str, path: str, connections: int) -> None:
    """Register a flood of browsers that load a page again and again, without pipelining."""

    def run(target: Target) -> None:
        def one(_number: int) -> None:
            browser = requests.Session()
            while target.going:
                with suppress(requests.RequestException):
                    target.statuses[str(browser.get(target.url + path, timeout=20).status_code)] += 1

        target.beside_each_other(connections, one)

    FLOODS[name] = run


visits("20 readers", LESSON, 20)
visits("100 readers", LESSON, 100)
visits("20 readers of what is not there", "/static/" + "x" * 256, 20)


def forms(name: str, path: str, count: int, fields: Callable[[int], dict]) -> None:
    """Register a burst of forms that are sent at once."""

    def run(target: Target) -> None:
        browsers = [requests.Session() for _ in range(count)]
        tokens = [re.search(r'name="csrf_token"[^>]*value="([^"]+)"', b.get(target.url + path).text) for b in browsers]

        def send(number: int) -> None:
            form = {"csrf_token": tokens[number][1], **fields(number)}
            answer = browsers[number].post(target.url + path, data=form, timeout=40, allow_redirects=False)
            target.statuses[str(answer.status_code)] += 1

        target.beside_each_other(count, send)

    FLOODS[name] = run


STAMP = int(time.time())
forms("110 sign-ins", "/login", 110, lambda n: {"username": f"x{STAMP}{n}", "password": "a wrong one"})
forms("65 sign-ups", "/signup", 65, lambda n: {"username": f"u{STAMP}{n}", "name": "U", "password": f"a long one {n}"})


@flood
def two_thousand_connections_that_ask_at_once(target: Target) -> None:
    data = target.head(f"GET {LESSON} HTTP/1.1") * 5
    while target.going:
        connections = []
        with suppress(OSError):
            while len(connections) < 2_000 and target.going:
                connections.append(socket.create_connection((target.at.hostname, target.at.port), timeout=5))
                connections[-1].sendall(data)
        for connection in connections:
            connection.close()


@flood
def connections_that_close_at_once(target: Target) -> None:
    def one(_number: int) -> None:
        while target.going:
            with suppress(OSError), socket.create_connection((target.at.hostname, target.at.port), timeout=5) as one:
                one.sendall(target.head(f"GET {LESSON} HTTP/1.1"))

    target.beside_each_other(4, one)


@flood
def heads_line_by_line(target: Target) -> None:
    def one(_number: int) -> None:
        while target.going:
            with suppress(OSError), target.connect() as connection:
                connection.sendall(b"GET / HTTP/1.1\r\n")
                for number in range(99):
                    connection.sendall(f"X-{number}: {'y' * 600}\r\n".encode())
                    time.sleep(0.002)

    target.beside_each_other(30, one)


@flood
def bodies_without_their_last_bytes(target: Target) -> None:
    connections = []
    while target.going:
        with suppress(OSError):
            connections.append(socket.create_connection((target.at.hostname, target.at.port), timeout=5))
            connections[-1].sendall(target.head(*POST, "Content-Length: 60000") + b"x" * 59_990)
        time.sleep(0.001)
    for connection in connections:
        connection.close()


@flood
def readers_that_do_not_read(target: Target) -> None:
    connections = []
    while target.going:
        with suppress(OSError):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.connect((target.at.hostname, target.at.port))
            connection.sendall(target.head(f"GET {LESSON} HTTP/1.1") * 50)
            connections.append(connection)
            time.sleep(0.002)


if __name__ == "__main__":
    target = Target(sys.argv[1], float(sys.argv[3]))
    FLOODS[sys.argv[2]](target)
    print(dict(target.statuses))
