"""A TCP relay that behaves like a bad line: latency, and lost segments that TCP sends again later and later."""

import asyncio
import random
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

ONE_WAY_SECONDS = 0.25
LOSS = 0.3
# Linux waits the round trip and at least 0.2 s, and doubles the wait each time (RFC 6298).
RETRANSMIT_SECONDS = 0.7


class LossyRelay:
    """Passes connections on to a port of this machine. The same `seed` loses the same segments."""

    def __init__(self, to_port: int, seed: int) -> None:
        self.port, self._to, self._chance = 0, to_port, random.Random(seed)
        self._tasks: set[asyncio.Task] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()

    def delay(self, is_alone: bool = True) -> float:
        """The time of one segment. A loss with others on the way is noticed after a round trip (fast retransmit)."""
        seconds, wait = ONE_WAY_SECONDS, RETRANSMIT_SECONDS
        while self._chance.random() < LOSS:
            seconds, wait = seconds + (wait if is_alone else 2 * ONE_WAY_SECONDS), wait * 2
        return seconds

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._spawn(self._accept(reader, writer))

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The SYN and its answer take the same line.
        await asyncio.sleep(self.delay() + self.delay())
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._pass(reader, back)
        self._pass(there, writer)

    def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue = asyncio.Queue()
        self._spawn(self._read(reader, queue))
        self._spawn(self._deliver(queue, writer))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read(self, reader: asyncio.StreamReader, queue: asyncio.Queue) -> None:
        data, due, now = b"-", 0.0, asyncio.get_running_loop().time
        while data:
            data = b""
            with suppress(OSError):
                data = await reader.read(65536)
            # In order: what comes after a lost segment waits for it.
            due = max(due, now() + self.delay(is_alone=due <= now()))
            queue.put_nowait((due, data))

    async def _deliver(self, queue: asyncio.Queue, writer: asyncio.StreamWriter) -> None:
        data, now = b"-", asyncio.get_running_loop().time
        while data and not writer.is_closing():
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - now()))
            writer.write(data)
        writer.close()
