"""The rooms of one process: what the events, the node and the rooms' own code ask of them."""

from ..core.changes import Change, Enter, Profile
from ..core.clock import earliest
from ..core.payloads import Json
from ..core.places import Place
from ..delivery.broadcast import LARGE_AUDIENCE
from ..transport.socket import Socket
from .actions import Actions
from .attendee import calling
from .effects import Effects
from .host import Host
from .loader import Loader
from .lookup import Lookup
from .overview import RoomRow, rows
from .process import Process
from .publisher import Publisher
from .records import Records
from .refresher import Refresher
from .relay import Relay
from .room import Room
from .signal_rate import SignalRate
from .subscriptions import Subscriptions


class Rooms:
    """Kept as `presence.rooms`. Metrics read its parts."""

    def __init__(self, node: Process, loader: Loader) -> None:
        self._node, self.loader = node, loader
        self.host, self.signal_rate = Host(node.roster, node.id), SignalRate()
        self.effects = Effects(self.host, node.roster, node.id)
        self.publisher = Publisher(self.host.changed, node.broadcast.live, lambda: node.clock())
        self.subscriptions = Subscriptions(node, self.host, self.loader, self.publisher)
        self.relay = Relay(node, self.host)
        self.actions = Actions(node, self.subscriptions, self.publisher, self.signal_rate, loader, self.relay.put)
        self.refresher = Refresher(node, self.host, self.subscriptions, self.loader)
        self.records = Records(node, self.host, self._append, loader.complain)
        self.lookup = Lookup(node, self.host, loader)
        self.register = self.host.register

    def join(self, socket: Socket, place: Place, names: object) -> dict[str, Json]:
        """Let a socket into rooms at its place. Returns its slots and its pace, by room."""
        if self._node.signals:
            self._node.signals.start()
        welcome = self.subscriptions.join(socket, place, names)
        self._refresh_and_publish()
        return welcome

    def leave(self, socket: Socket, name: str) -> None:
        self.subscriptions.leave(socket, name)
        self._refresh_and_publish()

    def call(self, socket: Socket, name: str, call_name: str, payload: Json) -> Json:
        """Run a call of a room, and publish what it has changed. Returns its reply."""
        try:
            return self.actions.call(socket, name, call_name, payload)
        finally:
            self._refresh_and_publish()

    def signal(self, socket: Socket, name: str, signal_name: str, value: Json) -> None:
        if live := self.actions.signal(socket, name, signal_name, value):
            with self._node.lock:
                self.publisher.publish_room(live)
            self._node.flush()

    def receive_signals(self, message: str) -> None:
        """Take in the signals of another process."""
        self.relay.receive(message)
        self._publish()

    def tell(self, room: Room, place: str, signals: dict[str, Json]) -> None:
        """Send signals of the server's own."""
        self.relay.put_own(room, place, signals)
        self._publish()

    def overview(self) -> list[RoomRow]:
        """The live rooms of this process as an operator may see them."""
        with self._node.lock:
            return rows(self.host)

    def apply(self, change: Change, at: float) -> None:
        """Let a change take effect, after the roster and the dispatcher. With the node locked."""
        self.effects.apply(change, at)
        for live in self.host.exposed:
            self.publisher.publish_now(live)
        self.host.exposed.clear()
        self._update_log()
        if isinstance(change, Profile | Enter):
            self.subscriptions.renew_notice(change.user.id)

    def expire(self, now: float) -> None:
        """Remove what has ended by `now`, in the log's seconds, after the roster has. With the node locked."""
        self.effects.expire(now)
        self.host.expire(now)
        self._update_log()

    def publish(self, largest_audience: float = LARGE_AUDIENCE) -> None:
        """Publish what is due. With the node locked."""
        self.publisher.publish(largest_audience)

    def refresh(self) -> None:
        """Ask the rooms' code for what is due, without waiting for it. The ticker calls it."""
        if not self.refresher.has_work():
            return
        if self._node.ticker.enabled:
            # One task at a time: until it runs, every tick would find the same work again, and start another.
            self.refresher.is_scheduled = True
            self._node.server.start_background_task(self._refresh)
        else:
            # A caller that ticks by hand wants it done.
            self._refresh_and_publish()

    def next_expiry(self) -> float | None:
        """The moment when `expire` has something to do next, in the log's seconds. With the node locked."""
        return earliest(self.effects.seating.next_expiry(), self.host.next_expiry())

    def next_due(self) -> float | None:
        """The moment when `tick` has something to do, in the clock's seconds. With the node locked."""
        return earliest(self.publisher.next_due(), self.refresher.next_due())

    def _append(self, change: Change) -> None:
        self._node.log.append(change)
        if calling.get() is None:
            # A call publishes all its changes together when it is over.
            self._refresh_and_publish()

    def _refresh(self) -> None:
        self.refresher.is_scheduled = False
        self._refresh_and_publish()

    def _refresh_and_publish(self) -> None:
        self.refresher.run()
        self._publish()

    def _publish(self) -> None:
        with self._node.lock:
            self.publisher.publish()
        self._node.flush()

    def _update_log(self) -> None:
        """Delete from the log the cells that have gone by themselves, and append those that it has lost."""
        if self.host.gone:
            self._node.log.forget(tuple(self.host.gone))
            self.host.gone.clear()
        puts, self.effects.to_append = self.effects.to_append, []
        for put in puts:
            self._node.log.append(put)
