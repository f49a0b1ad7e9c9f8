"""A WebSocket by hand: what a client can put on the wire that no library would send."""

import os
import re
import socket
import struct
import time
from base64 import b64encode
from urllib.parse import urlsplit

TEXT, BINARY, CONTINUATION, PING = 1, 2, 0, 9


class Wire:
    """One TCP connection to the site. `outcome()` says how it ended."""

    def __init__(self, url: str, receive_buffer: int | None = None) -> None:
        self.at = urlsplit(url)
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.socket.connect((self.at.hostname, self.at.port))
        self.head, self.rest = "", b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def request(self, cookie: str = "", query: str = "", path: str = "/socket.io/", **headers: str) -> bytes:
        """The bytes of a handshake."""
        lines = {
            "Host": self.at.netloc,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": b64encode(os.urandom(16)).decode(),
            "Cookie": cookie,
            **headers,
        }
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"GET {path}?EIO=4&transport=websocket{query} HTTP/1.1\r\n{text}\r\n".encode()

    def upgrade(self, cookie: str, query: str = "", **headers: str) -> int:
        """Shake hands; returns the status code."""
        self.send(self.request(cookie, query, **headers))
        data = b""
        while b"\r\n\r\n" not in data and (piece := self.socket.recv(4096)):
            data += piece
        head, _, self.rest = data.partition(b"\r\n\r\n")
        self.head = head.decode()
        found = re.match(r"HTTP/1.1 (\d+)", self.head)
        return int(found[1]) if found else 0

    def join(self, cookie: str) -> "Wire":
        """Shake hands and join the namespace, as every page does."""
        assert self.upgrade(cookie) == 101, self.head
        self.text("40")
        return self

    def text(self, text: str) -> None:
        self.send(frame(text.encode(), TEXT))

    def texts(self, *texts: str) -> None:
        self.send(b"".join(frame(text.encode(), TEXT) for text in texts))

    def read(self, seconds: float) -> bytes:
        """The bytes that come within some seconds; ends early with the connection."""
        data, deadline = self.rest, time.monotonic() + seconds
        self.rest = b""
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                piece = self.socket.recv(65536)
            except TimeoutError:
                break
            except OSError:
                self.rest = b""
                return data + b"\0closed"
            if not piece:
                return data + b"\0closed"
            data += piece
        self.socket.settimeout(10)
        return data

    def outcome(self, seconds: float = 5) -> str:
        """`hung up` when the server closes the connection within some seconds, else `open`."""
        return "hung up" if self.read(seconds).endswith(b"\0closed") else "open"


def frame(data: bytes, kind: int = TEXT, final: bool = True, masked: bool = True, reserved: int = 0) -> bytes:
    first = (0x80 if final else 0) | reserved << 4 | kind
    size, bit = len(data), 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, bit | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, bit | 126, size)
    else:
        head = struct.pack("!BBQ", first, bit | 127, size)
    # A mask of zeros leaves the data as it is.
    return head + (bytes(4) if masked else b"") + data


def texts_of(data: bytes) -> list[str]:
    """The text frames in what a server has sent."""
    texts, at = [], 0
    while at + 2 <= len(data):
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
        elif size == 127:
            size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        if data[at] == 0x80 | TEXT:
            texts.append(data[start : start + size].decode(errors="replace"))
        at = start + size
    return texts
