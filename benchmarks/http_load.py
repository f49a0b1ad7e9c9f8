"""Requests to one URL over a few kept-alive connections, each sent once the answer to the one before has come.

Raw sockets: an HTTP library would need more CPU for a request than a bare Flask page does for the answer.
"""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from children import Failed

CONNECTIONS = 4
TIMEOUT_SECONDS = 20
ENCODINGS = "gzip, deflate, br, zstd"
"""The encodings that a browser accepts over https."""


@dataclass(frozen=True)
class Answered:
    """`seconds` and `cpu` (of the server) for all requests, `latencies` in ms, sorted."""

    seconds: float
    cpu: float
    latencies: list[float]


def size_of(url: str, cookie: str = "", encodings: str = "identity") -> int:
    """The number of bytes in the body of an answer."""
    with _Connection(url, cookie, encodings) as connection:
        return connection.ask()


def load(url: str, cookie: str, seconds: float, cpu: Callable[[], float]) -> Answered:
    """Ask for the URL for so long; `cpu()` is what the server has used so far, in seconds."""
    latencies: list[float] = []
    started, used = time.perf_counter(), cpu()
    askers = [
        threading.Thread(target=_ask, args=(url, cookie, started + seconds, latencies)) for _ in range(CONNECTIONS)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if not latencies:
        raise Failed(f"No answer from {url}.")
    return Answered(time.perf_counter() - started, cpu() - used, sorted(latencies))


def _ask(url: str, cookie: str, until: float, latencies: list[float]) -> None:
    with _Connection(url, cookie, ENCODINGS) as connection:
        while (sent := time.perf_counter()) < until:
            connection.ask()
            latencies.append(1000 * (time.perf_counter() - sent))


class _Connection:
    """A kept-alive connection that asks for one URL again and again."""

    def __init__(self, url: str, cookie: str, encodings: str) -> None:
        parts = urlsplit(url)
        self._url, self._socket = url, socket.create_connection((parts.hostname, parts.port), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"GET {parts.path or '/'} HTTP/1.1", f"Host: {parts.netloc}", f"Accept-Encoding: {encodings}"]
        lines += [f"Cookie: session={cookie}"] if cookie else []
        self._request = "\r\n".join([*lines, "", ""]).encode()

    def __enter__(self) -> "_Connection":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self) -> int:
        """Send the request and read the answer. Returns the size of its body."""
        self._socket.sendall(self._request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._read()
        head, _, body = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise Failed(f"{self._url} answered {head.splitlines()[0].decode()!r}.")
        size = _length(head)
        missing = size - len(body)
        while missing > 0:
            missing -= len(self._read())
        return size

    def _read(self) -> bytes:
        read = self._socket.recv(262_144)
        if not read:
            raise Failed(f"{self._url} hung up.")
        return read


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise Failed("An answer without Content-Length.")
