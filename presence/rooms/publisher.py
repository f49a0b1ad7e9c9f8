"""Publishes the changes of rooms to their subscribers: diffs and signals once a tick, within the rooms' own budget.

Everything here is called with the node locked; the budget's queue sends after that.
"""

import logging
from collections.abc import Callable, Iterable
from operator import itemgetter

from ..core.payloads import Json
from ..delivery.broadcast import LARGE_AUDIENCE
from ..delivery.fanout_budget import LiveBudget
from ..transport.frames import Frame, Frames
from ..transport.socket import Socket
from .audience import Audience
from .live_room import LiveRoom

logger = logging.getLogger("presence")


class Publisher:
    """`diffs` and `signals` count what was published."""

    def __init__(self, changed: set[LiveRoom], budget: LiveBudget, clock: Callable[[], float]) -> None:
        self._changed, self._budget, self._clock = changed, budget, clock
        self.diffs = self.signals = 0

    def publish(self, largest_audience: float = LARGE_AUDIENCE) -> None:
        """Publish every changed room whose time has come, the one that has waited longest first."""
        if not self._changed:
            return
        now = self._clock()
        # Of many rooms most wait for their tick, and this is asked at every event.
        due = [(at, live.room.name, live.place, live) for live in self._changed if (at := self._due_of(live)) <= now]
        for *_, live in sorted(due, key=itemgetter(0, 1, 2)):
            if self._budget.ready_at > now:
                return
            if live.size <= largest_audience:
                self._publish_or_log(live, now)

    def publish_room(self, live: LiveRoom) -> None:
        """Publish one room, if its time has come. The ticker does the others: a signal must not cost all of them."""
        now = self._clock()
        is_due = live in self._changed and self._due_of(live) <= now and self._budget.ready_at <= now
        if is_due and live.size <= LARGE_AUDIENCE:
            self._publish(live, now)

    def publish_now(self, live: LiveRoom) -> None:
        """Publish at once, whatever the budget says: someone has become less visible."""
        for audience in live.dirty:
            self._publish_audience(live, audience, self._clock())

    def next_due(self) -> float | None:
        """The moment when `publish` has something to do, in the clock's seconds; None when nothing has changed."""
        return min((max(self._due_of(live), self._budget.ready_at) for live in self._changed), default=None)

    def send(self, frames: list[Frame], sockets: list[Socket]) -> None:
        """Give frames to some sockets, in one piece each, after all that was published before."""
        if frames and sockets:
            self._budget.queue.put([socket.engine_sid for socket in sockets], Frames(frames))

    def send_identity(self, live: LiveRoom, socket: Socket) -> None:
        """Send a page its slot and its rate of signals."""
        membership = socket.rooms[live.room.name]
        me = {"room": live.room.name, "place": live.place, "slot": membership.slot, "every": membership.every}
        self.send([Frame("room_me", me)], [socket])

    def _publish_or_log(self, live: LiveRoom, now: float) -> None:
        """Publish one room; a fault of it must not keep the others waiting, nor the tick."""
        try:
            self._publish(live, now)
        except Exception:
            self._changed.discard(live)
            logger.exception("The room %s could not be published.", live.room.name)

    def _publish(self, live: LiveRoom, now: float) -> None:
        for audience in sorted(live.dirty, key=lambda one: one.name):
            if audience.due <= now:
                self._publish_audience(live, audience, now)
        if live.batch and live.signals_due <= now:
            self._send_signals(live, live.batch.take(), now)
        if not live.dirty and not live.batch:
            self._changed.discard(live)

    def _publish_audience(self, live: LiveRoom, audience: Audience, now: float) -> None:
        if frame := audience.publish():
            self.diffs += audience.is_noticed
            audience.due = now + live.room.tick
            self._budget.send(_engine_sids(audience.sockets.values()), frame, now)
        if not audience.name and live.room.has_people:
            self._send_slots(live)

    def _send_slots(self, live: LiveRoom) -> None:
        for socket in live.sockets:
            membership, slot = socket.rooms[live.room.name], live.attendees.slot_of(socket.user.id)
            if slot != membership.slot:
                membership.slot = slot
                self.send_identity(live, socket)

    def _send_signals(self, live: LiveRoom, signals: dict[str, Json], now: float) -> None:
        live.signals_due = now + live.room.tick
        payload = {"room": live.room.name, "place": live.place, "signals": signals}
        self.signals += 1
        self._budget.send_volatile(_engine_sids(live.sockets), Frame("room_signals", payload), now)

    def _due_of(self, live: LiveRoom) -> float:
        due = live.signals_due if live.batch else float("inf")
        for audience in live.audiences.values():
            if audience.is_dirty and audience.due < due:
                due = audience.due
        return due if due < float("inf") else 0.0


def _engine_sids(sockets: Iterable[Socket]) -> list[str]:
    return [socket.engine_sid for socket in sockets]
