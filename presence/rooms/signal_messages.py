"""The signals of a tick, between processes: one message of each process, merged by the others into their own. Pure.

    {"version": 1, "node": "5f0c…", "signals": [[room, place, name, merge, user id, value], …]}

Not the log: it is ordered, kept, and applied by every process; a signal is worth nothing a moment later.
"""

import json
from collections.abc import Iterator

from ..core.payloads import Json
from ..transport import strict_json
from .batch import SentSignal, added, is_number
from .cells import LimitExceeded, frozen

VERSION = 1
LARGEST_MESSAGE = 64 * 1024
KEY_PARTS = 5


class Outgoing:
    """Signals waiting for the other processes: the last value of each user, or a sum. `dropped` counts."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._signals: dict[tuple[str, str, str, str, str], Json] = {}
        self.dropped = 0

    def __bool__(self) -> bool:
        return bool(self._signals)

    def add(self, signal: SentSignal) -> None:
        is_sum, value = signal.merge == "sum", signal.value
        # A sum does not say whose it is.
        key = signal.room, signal.place, signal.name, signal.merge, "" if is_sum else signal.user_id
        self._signals[key] = added(self._signals.get(key, 0), value) if is_sum else value

    def take(self) -> str | None:
        """The message for the others; None for nothing, and for one that would be too long."""
        signals, self._signals = self._signals, {}
        if not signals:
            return None
        said = [[*key, value] for key, value in signals.items()]
        text = json.dumps({"version": VERSION, "node": self._node, "signals": said}, separators=(",", ":"))
        if len(text) > LARGEST_MESSAGE:
            self.dropped += len(signals)
            return None
        return text


def read(text: str, node: str) -> Iterator[SentSignal]:
    """The signals of another process; none for an own message, another version, or one that cannot be read."""
    if len(text) > LARGEST_MESSAGE:
        return
    try:
        message = strict_json.loads(text)
    except ValueError:
        return
    if isinstance(message, dict) and message.get("version") == VERSION and message.get("node") != node:
        signals = message.get("signals")
        yield from filter(None, map(_signal, signals if isinstance(signals, list) else []))


def _signal(said: Json) -> SentSignal | None:
    """One signal of a message; a newer version may say more of it than this one knows."""
    if not isinstance(said, list) or len(said) <= KEY_PARTS:
        return None
    signal = SentSignal(*said[: KEY_PARTS + 1])
    is_known = all(isinstance(part, str) for part in signal[:KEY_PARTS])
    if not is_known or (signal.merge == "sum" and not is_number(signal.value)):
        return None
    try:
        return signal._replace(value=frozen(signal.name, signal.value))
    except LimitExceeded:
        return None
