"""Asks the rooms' code again: for durable cells that have changed, and for audiences that may be others."""

import logging

from ..core.payloads import Json
from .board import same
from .host import Host
from .live_room import LiveRoom
from .loader import Loader
from .process import Process
from .room import Room
from .subscriptions import Subscriptions

logger = logging.getLogger("presence")

AGAIN_SECONDS = 0.1
"""So long waits what room code has ended while it was told of another end."""
RETRY_SECONDS = 2.0
"""So long after a failure room code is asked again."""


class Refresher:
    """One run at a time; what comes up meanwhile is done by the next.

    A load that changes nothing for a counted person does not delay the next one: the delay would reveal that
    someone hidden has done something.
    """

    def __init__(self, node: Process, host: Host, subscriptions: Subscriptions, loader: Loader) -> None:
        self._node, self._host, self._subscriptions, self._loader = node, host, subscriptions, loader
        self.is_running = self.is_scheduled = False
        self._again_at = 0.0

    def has_work(self) -> bool:
        """Whether there is something to ask for now, that no run does already or is about to do."""
        due = self.next_due()
        return due is not None and due <= self._node.clock()

    def next_due(self) -> float | None:
        """The moment when there is something to ask for, in the clock's seconds."""
        if self.is_running or self.is_scheduled:
            return None
        dues = [*(live.load_due for live in list(self._host.stale)), *self._host.to_admit.values()]
        return min([*dues, self._again_at] if self._host.ended else dues, default=None)

    def run(self) -> None:
        """Ask for everything that is due. It may yield, and holds no lock while the rooms' code runs."""
        if self.is_running:
            return
        self.is_running = True
        try:
            self._run_all_ended()
            while key := self._next_to_admit():
                self._admit(key)
            for live in self._due():
                self._load(live)
        finally:
            self.is_running = False

    def _run_all_ended(self) -> None:
        """Tell the rooms' code what has ended by now; what that ends in turn can wait, for it may never end."""
        ended, self._host.ended = self._host.ended, []
        for one in ended:
            self._run_ended(*one)
        self._again_at = self._node.clock() + AGAIN_SECONDS if ended and self._host.ended else 0.0

    def _run_ended(self, room: Room, place: str, audience: str, name: str, value: Json) -> None:
        try:
            with self._loader.context():
                room.ended(place, audience, name, value)
        except Exception:
            logger.exception("The room %s could not do what follows the end of a cell.", room.name)

    def _due(self) -> list[LiveRoom]:
        now = self._node.clock()
        return [live for live in list(self._host.stale) if live.load_due <= now]

    def _next_to_admit(self) -> tuple[str, str, str] | None:
        now = self._node.clock()
        return next((key for key, due in self._host.to_admit.items() if due <= now), None)

    def _admit(self, key: tuple[str, str, str]) -> None:
        self._host.to_admit.pop(key, None)
        user_id, name, place = key
        for socket in self._node.hub.of(user_id):
            live = self._host.live.get((name, place))
            if live is None or socket.place != place or name not in socket.rooms:
                continue
            try:
                loaded = self._subscriptions.loaded(socket, live.room, place)
            except Exception:
                logger.exception("The audiences of the room %s could not be read.", name)
                self._host.to_admit[key] = self._node.clock() + RETRY_SECONDS
                continue
            with self._node.lock:
                if socket.place == place and name in socket.rooms:
                    self._subscriptions.admit(socket, live, loaded)

    def _load(self, live: LiveRoom) -> None:
        with self._node.lock:
            # Before the loading: what changes from now on is loaded again.
            self._host.stale.discard(live)
            due, audiences = self._node.clock() + live.room.tick, list(live.audiences)
        for audience in audiences:
            try:
                loaded = self._loader.load(live.room, live.place, audience)
            except Exception:
                logger.exception("The cells of the room %s could not be loaded.", live.room.name)
                self._load_again(live)
                continue
            with self._node.lock:
                known = live.audiences.get(audience)
                if known is None or same(known.loaded, loaded):
                    continue
                known.loaded = loaded
                live.mark([audience])
                if known.is_noticed:
                    live.load_due = max(due, live.load_due)

    def _load_again(self, live: LiveRoom) -> None:
        """Load a room once more in a while: its code has failed, perhaps because the database is away."""
        with self._node.lock:
            live.load_due = self._node.clock() + RETRY_SECONDS
            self._host.make_stale(live.room.name, live.place)
