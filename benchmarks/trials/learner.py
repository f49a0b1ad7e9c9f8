"""An open page on asyncio streams: answers pings, comes back when it is cut off, as Socket.IO's client does."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress

from tests.security.wire import TEXT, frame

SILENT_SECONDS = 20
BACK_SECONDS = (0.5, 1.5)
CONNECT_SECONDS = 20
HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Cookie: session={cookie}\r\n\r\n"
)


class Learner:
    """One user on one lesson. `losses` counts the connections that ended there, `pings` the rounds that were begun."""

    def __init__(self, port: int, cookie: str, place: str, on_event: Callable[[str, dict], None] | None = None) -> None:
        self._port, self._cookie, self._place, self._on_event = port, cookie, place, on_event
        self.is_here = False
        self.losses = self.pings = 0

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                await self._connection()
            self.losses += self.is_here
            self.is_here = False
            await asyncio.sleep(random.uniform(*BACK_SECONDS))

    async def _connection(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(HANDSHAKE.format(port=self._port, cookie=self._cookie).encode())
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), CONNECT_SECONDS)
            self._send(writer, "40")
            self._send(writer, '421["enter",' + json.dumps({"place": self._place}) + "]")
            await self._listen(reader, writer)
        finally:
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        now = asyncio.get_running_loop().time
        silent_at = now() + SILENT_SECONDS
        while text := await asyncio.wait_for(_text(reader), silent_at - now()):
            if text == "2":
                # Only a ping proves that the server is there, so only a ping puts the end off.
                silent_at, self.pings = now() + SILENT_SECONDS, self.pings + 1
                self._send(writer, "3")
            elif text.startswith("431"):
                self.is_here = True
            elif text.startswith("42") and self._on_event:
                self._on_event(*json.loads(text[2:]))

    def _send(self, writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(frame(text.encode(), TEXT))


async def _text(reader: asyncio.StreamReader) -> str:
    """The next text frame; empty for a close frame."""
    first, size = await reader.readexactly(2)
    if size >= 126:
        size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
    data = await reader.readexactly(size)
    return data.decode() if first == 0x80 | TEXT else ""
