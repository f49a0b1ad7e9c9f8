"""Hostile pages in rooms: `python -m tests.security.room_siege URL SECONDS COOKIE ...` prints what came of it as JSON.

Fifteen sockets a cookie, each with a hundred signals a second, half of them of values that no page sends. One that is
hung up comes again.
"""

import json
import socket
import sys
import threading
import time
from collections import Counter

from .wire import Wire, texts_of

SOCKETS_A_COOKIE, SIGNALS_A_SECOND, BATCHES_A_SECOND = 15, 100, 10
LESSON = "company/keeping/recall"
JOIN = [f'421["enter",{{"place":"{LESSON}"}}]', '422["room_join",{"rooms":["pointers","slow"]}]']
SLEEP = '423["room_call",{"room":"slow","call":"sleep","with":{}}]'
DEEP = "[" * 60 + "]" * 60
VALUES = [
    "[1,2,0,0]",
    "[3]",
    "null",
    DEEP,
    "9" * 300,
    json.dumps("x" * 1500),
    json.dumps([1] * 500),
    '{"__proto__":{"slot":1},"constructor":{"prototype":{}}}',
    "[1,2,0,-1e308]",
    "true",
]
UNREADABLE = '42["room_signal",{"room":"pointers","signal":"at","value":[NaN]}]'


def signal(value: str) -> str:
    return f'42["room_signal",{{"room":"pointers","signal":"at","value":{value}}}]'


class Attacker(threading.Thread):
    """One socket. `said` counts its signals, the hang-ups, and what it was answered."""

    def __init__(self, url: str, cookie: str, number: int, ends: float) -> None:
        super().__init__()
        self.url, self.cookie, self.number, self.ends = url, cookie, number, ends
        self.said: Counter[str] = Counter()

    def run(self) -> None:
        while time.monotonic() < self.ends:
            try:
                self._attack(Wire(self.url).join(self.cookie))
            except (OSError, AssertionError):
                self.said["hung up or refused"] += 1
                time.sleep(0.3)

    def _attack(self, wire: Wire) -> None:
        wire.texts(*JOIN)
        turn = 0
        while time.monotonic() < self.ends:
            size = SIGNALS_A_SECOND // BATCHES_A_SECOND
            values = [
                VALUES[(self.number + turn + n) % len(VALUES)] for n in range(size - (turn % BATCHES_A_SECOND == 0))
            ]
            wire.texts(*map(signal, values), *([SLEEP] if turn % BATCHES_A_SECOND == 0 else []))
            self.said["signals"] += len(values)
            # One of them says now and then what ends its connection.
            if self.number == 0 and turn % 20 == 19:
                wire.texts(UNREADABLE)
            turn += 1
            self._read(wire)
            time.sleep(1 / BATCHES_A_SECOND)
        wire.socket.close()

    def _read(self, wire: Wire) -> None:
        wire.socket.setblocking(False)
        try:
            data = wire.socket.recv(1_000_000)
            if not data:
                raise ConnectionResetError
            texts = texts_of(data)
            wire.texts(*("3" for text in texts if text == "2"))
            self.said["awake"] += sum('"awake"' in text for text in texts)
        except BlockingIOError:
            pass
        finally:
            wire.socket.setblocking(True)


def main(url: str, seconds: float, cookies: list[str]) -> None:
    ends = time.monotonic() + seconds
    attackers = [Attacker(url, cookie, number, ends) for cookie in cookies for number in range(SOCKETS_A_COOKIE)]
    for attacker in attackers:
        attacker.start()
    for attacker in attackers:
        attacker.join()
    print(json.dumps(sum((attacker.said for attacker in attackers), Counter())))


if __name__ == "__main__":
    socket.setdefaulttimeout(10)
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
