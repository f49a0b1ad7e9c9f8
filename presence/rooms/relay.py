"""Puts signals into the batches of their tick, here and in the other processes."""

from ..core.payloads import Json
from .batch import SentSignal, is_number
from .cells import frozen
from .host import Host
from .process import Process
from .room import Room
from .signal_messages import Outgoing, read


class Relay:
    """`outgoing` waits for the other processes."""

    def __init__(self, node: Process, host: Host) -> None:
        self._node, self._host, self.outgoing = node, host, Outgoing(node.id)

    def put(self, signal: SentSignal) -> None:
        """Put in a signal. With the node locked."""
        self._take(signal)
        if self._node.signals:
            self.outgoing.add(signal)
            self._node.signals.wake()

    def put_own(self, room: Room, place: str, signals: dict[str, Json]) -> None:
        """Put in signals of the server's own."""
        values = {name: frozen(name, value) for name, value in signals.items()}
        sums = [name for name in values if name in room.signals and room.signals[name].merge == "sum"]
        for name in sums:
            if not is_number(values[name]):
                raise ValueError(f"{room.name}.{name} is a sum, so it is told a number, not {values[name]!r}.")
        with self._node.lock:
            for name, value in values.items():
                self.put(SentSignal(room.name, place, name, "sum" if name in sums else "", "", value))

    def receive(self, message: str) -> None:
        """Put in the signals of another process."""
        with self._node.lock:
            for signal in read(message, self._node.id):
                self._take(signal)

    def _take(self, signal: SentSignal) -> None:
        if live := self._host.live.get((signal.room, signal.place)):
            live.take_signal(signal)
