"""One process of presence: its lock, its log, its roster, and the delivery to its sockets.

A client's event goes down through the package once: the channel calls `append`, the log orders the change, the state
machine lets it take effect, and the dispatcher queues the frames for the sockets here. Nothing calls back up.
"""

import secrets
from collections.abc import Callable
from threading import RLock

import socketio

from .change_log import ChangeLog, LocalLog
from .core.changes import Change, Enter, Leave
from .core.clock import earliest
from .core.payloads import State
from .core.people import Keys
from .core.places import topics_of
from .core.roster import Roster
from .delivery.broadcast import Broadcast
from .delivery.dispatcher import Dispatcher
from .delivery.housekeeping import Housekeeping
from .delivery.reauthentication import Reauthentication
from .delivery.ticker import Ticker
from .rooms.loader import Loader
from .rooms.process import Signals
from .rooms.service import Rooms
from .state_machine import StateMachine
from .transport.handshake import Authenticator
from .transport.hub import Hub
from .transport.socket import Socket
from .transport.writer import Writer

Clock = Callable[[], float]


class Node:
    """`id` names this process in connection ids. Add an `Observer` to `observers` to see what takes effect.
    `resyncs` counts the states that were sent again since the start. `apply` and `notify` are for the log.
    """

    def __init__(
        self,
        server: socketio.Server,
        authenticator: Authenticator,
        keys: Keys,
        clock: Clock,
        redis_url: str | None,
        loader: Loader,
    ) -> None:
        self.id, self.lock = secrets.token_hex(4), RLock()
        self.server, self.authenticator, self.keys, self.clock = server, authenticator, keys, clock
        self.resyncs = 0
        self.roster = Roster(keys, self.id)
        self.writer = Writer(server)
        self.hub = Hub(server, self.writer)
        self.broadcast = Broadcast(self.roster, self.hub, self.writer, clock)
        self.rooms = Rooms(self, loader)
        self.dispatcher = Dispatcher(self.id, self.hub, self.writer, self.broadcast, keys, authenticator)
        machine = self._machine = StateMachine(self.lock, self.roster, self.rooms, self.dispatcher)
        self.observers, self.apply, self.notify = machine.observers, machine.apply, machine.notify
        self.log, self.signals = self._connect(redis_url)
        self.housekeeping = Housekeeping(self.hub, self.writer, self._live, self.append)
        self.ticker = Ticker(server, self.tick, self._next_at, clock)
        self._recheck = Reauthentication(self.hub, authenticator, self.dispatcher, self.append, self.ticker.pause)

    def connection_id(self, sid: str) -> str:
        """The id of a socket of this process, unique among all processes."""
        return f"{self.id}/{sid}"

    def append(self, change: Change) -> None:
        """Append a change to the log, and send at once what it makes due."""
        self.append_if(lambda: change)

    def append_if(self, make: Callable[[], Change | None]) -> None:
        """Append the change that `make` returns, if any. It is called with the lock held, so it can check first."""
        with self.lock:
            change = make()
            if change is None:
                return
            self.log.append(change)
            if self.log.disconnected and isinstance(change, Enter):
                self.dispatcher.on_paused_enter(change)
        if isinstance(change, Enter | Leave):
            self.flush()  # an enter has published what was due, unless the user is hidden; a leave does later
        else:
            self.publish_now()

    def publish_now(self) -> None:
        """Publish and send what has taken effect, as far as each topic's time has come."""
        self.dispatcher.disconnect_signed_out()
        with self.lock:
            self.broadcast.publish()
            self.rooms.publish()
        self.flush()

    def set_paused(self, paused: bool) -> None:
        """Tell all sockets that the log is disconnected, or back."""
        with self.lock:
            self.dispatcher.set_paused(paused)
        self.flush()

    def reauthenticate(self) -> None:
        """Re-authenticate all sockets in the background: sign-outs may have been missed while Redis was down."""
        if len(self.hub):
            self.server.start_background_task(self._recheck.run)

    def tick(self) -> None:
        """Do what is due now. The ticker calls it; a test may."""
        with self.lock:
            if not self.log.disconnected:
                self._machine.expire(self.log.now())
            self.broadcast.publish(largest_audience=float("inf"))
            self.rooms.publish(largest_audience=float("inf"))
        self.dispatcher.flush(self.ticker.pause)
        self.rooms.refresh()
        self.housekeeping.run(self.clock())

    def resync(self, socket: Socket, path: str, known: tuple[object, object]) -> bool:
        """Send a socket the state of a topic again. Returns False if it is the `known` (epoch, seq), or was sent."""
        self.resyncs += 1
        with self.lock:
            topic = self.roster.topic(path)
            current = topic.epoch, topic.seq
            if current in (known, socket.resynced.get(path)):
                return False
            socket.resynced[path] = current
            self.broadcast.send_states(socket, (path,))
        self.flush()
        return True

    def states(self, path: str) -> list[State]:
        """The `presence_state` payloads of the topics of a place, outermost first."""
        with self.lock:
            self.broadcast.publish()
            states = [self.roster.topic(topic).state() for topic in topics_of(path)]
        self.dispatcher.flush()
        return states

    def flush(self) -> None:
        """Send what is queued. Not to be called with the lock held."""
        self.dispatcher.flush()
        self.ticker.wake()

    def _connect(self, redis_url: str | None) -> tuple[ChangeLog, Signals | None]:
        if not redis_url:
            return LocalLog(self.apply, self.clock), None
        # A site of one process needs no Redis client.
        from .cluster.redis_log import RedisLog
        from .cluster.redis_signals import RedisSignals

        signals = RedisSignals(self.server, redis_url, self.rooms.relay.outgoing.take, self.rooms.receive_signals)
        return RedisLog(self, self.server, redis_url), signals

    def _live(self) -> list[str]:
        with self.lock:
            return self.roster.live(self.id)

    def _next_at(self) -> float | None:
        with self.lock:
            if not (len(self.hub) or self.roster.connections or self.hub.unfinished() or self.rooms.host.live):
                return None
            return earliest(self.broadcast.next_due(), self.rooms.next_due(), self._next_expiry(), float("inf"))

    def _next_expiry(self) -> float | None:
        expiry = earliest(self.roster.next_expiry(), self.rooms.next_expiry())
        # The log keeps another time than this process.
        return None if expiry is None or self.log.disconnected else self.clock() + expiry - self.log.now()
