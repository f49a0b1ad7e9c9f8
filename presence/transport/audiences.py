"""The sockets that watch each topic.

Socket.IO has rooms for this. They are two-way maps of every sid, and are asked for one member at a time, which cost as
much as writing the frames.
"""

from collections.abc import Mapping

NO_ONE: dict[str, str] = {}


class Audiences:
    """The Engine.IO sids of the sockets that watch a topic, by Socket.IO sid."""

    def __init__(self) -> None:
        self._by_topic: dict[str, dict[str, str]] = {}

    def __len__(self) -> int:
        return len(self._by_topic)

    def of(self, topic: str) -> Mapping[str, str]:
        return self._by_topic.get(topic, NO_ONE)

    def add(self, topic: str, sid: str, engine_sid: str) -> None:
        self._by_topic.setdefault(topic, {})[sid] = engine_sid

    def remove(self, topic: str, sid: str) -> None:
        """Take a socket out of an audience that it is in."""
        audience = self._by_topic[topic]
        del audience[sid]
        if not audience:
            del self._by_topic[topic]
