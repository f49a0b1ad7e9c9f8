"""Puts signals into the batches of their tick, here and in the other processes."""

from ..core.payloads import Json
from .cells import frozen
from .host import Host
from .process import Process
from .room import Room
from .signal_messages import Outgoing, read


class Relay:
    """`outgoing` waits for the other processes."""

    def __init__(self, node: Process, host: Host) -> None:
        self._node, self._host, self.outgoing = node, host, Outgoing(node.id)

    def put(self, room: Room, place: str, name: str, merge: str, user_id: str, value: Json) -> None:
        """Put in a signal of a user, or (user id "") of the server. With the node locked."""
        self._take(room.name, place, name, merge, user_id, value)
        if self._node.signals:
            self.outgoing.add(room.name, place, name, merge, user_id, value)
            self._node.signals.wake()

    def put_own(self, room: Room, place: str, signals: dict[str, Json]) -> None:
        """Put in signals of the server's own."""
        values = {name: frozen(name, value) for name, value in signals.items()}
        with self._node.lock:
            for name, value in values.items():
                merge = room.signals[name].merge if name in room.signals else ""
                self.put(room, place, name, merge if merge == "sum" else "", "", value)

    def receive(self, message: str) -> None:
        """Put in the signals of another process."""
        with self._node.lock:
            for signal in read(message, self._node.id):
                self._take(*signal)

    def _take(self, room: str, place: str, name: str, merge: str, user_id: str, value: Json) -> None:
        if live := self._host.live.get((room, place)):
            live.take_signal(name, merge, user_id, value)
