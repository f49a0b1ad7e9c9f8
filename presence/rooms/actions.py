"""Runs the calls and signals of rooms: what the events room_call and room_signal do."""

from collections.abc import Callable

from ..core.payloads import Json
from ..core.visibility import is_counted
from ..transport.socket import Socket
from ..transport.strict_json import dumps
from .attendee import Attendee, calling
from .batch import SentSignal, is_number
from .call_rate import in_words
from .cells import frozen
from .decorators import Call, Signal
from .live_room import LiveRoom
from .loader import Loader
from .membership import Membership
from .process import Process
from .publisher import Publisher
from .rejected import Rejected
from .room import Room
from .signal_rate import SignalRate
from .subscriptions import Subscriptions

SHOW_YOURSELF = "To do this, let everyone see you: the choice is in your account settings."
HIDDEN = "You are hidden: nobody would see it."
SEAT_SECONDS, SEAT_POLL_SECONDS = 2.0, 0.01


class Actions:
    """Everything raises Rejected, with a sentence, for what cannot be done."""

    def __init__(
        self,
        node: Process,
        subscriptions: Subscriptions,
        publisher: Publisher,
        signal_rate: SignalRate,
        loader: Loader,
        put_signal: Callable[[SentSignal], None],
    ) -> None:
        self._node, self._subscriptions, self._publisher = node, subscriptions, publisher
        self._signal_rate, self._loader, self._put_signal = signal_rate, loader, put_signal

    def call(self, socket: Socket, name: str, call_name: str, payload: Json) -> Json:
        """Run a call of a room. Returns its reply."""
        live = self._subscriptions.joined(socket, name)
        call = live.room.calls.get(call_name)
        if call is None:
            raise Rejected(f"The room {name!r} has no call {call_name[:100]!r}.")
        self._check_rate(socket.rooms[name], call)
        self._await_seat(socket, live)
        who = self._subscriptions.attendee(socket, live.room, live.place)
        if not who.may(call.open_to):
            raise Rejected(SHOW_YOURSELF if call.open_to == "shown" else HIDDEN)
        arguments = call.schema.arguments(payload)
        return self._run(call, live.room, who, arguments)

    def signal(self, socket: Socket, name: str, signal_name: str, value: Json) -> LiveRoom | None:
        """Take a signal of a room; drop it without a word (None) if no one may notice it, or there is no time."""
        live, now = self._subscriptions.joined(socket, name), self._node.clock()
        signal = live.room.signals.get(signal_name)
        if signal is None:
            raise Rejected(f"The room {name!r} has no signal {signal_name[:100]!r}.")
        who = self._subscriptions.attendee(socket, live.room, live.place)
        if who.is_hidden:
            return None
        if not self._signal_rate.allow(socket.sid, now):
            live.dropped += 1
            return None
        with self._node.lock:
            self._take(live, signal, who, value)
            self._send_rate(socket, live, signal, now)
        return live

    def _check_rate(self, membership: Membership, call: Call) -> None:
        now = self._node.clock()
        if not membership.rate(call, now).allow(now):
            raise Rejected(f"Too many calls of {call.name!r}: at most {in_words(call.per_second)}.")

    def _await_seat(self, socket: Socket, live: LiveRoom) -> None:
        """Wait until the join of a socket has come back from the log: before that, its user has no slot.

        Only a log outside of the process takes a while. While it is away, or slow, the user goes on without a slot.
        """
        give_up_at = self._node.clock() + SEAT_SECONDS
        while live.room.has_people and is_counted(socket.user) and socket.user.id not in live.attendees:
            if self._node.log.disconnected or self._node.clock() >= give_up_at:
                return
            self._node.server.sleep(SEAT_POLL_SECONDS)
            if self._subscriptions.joined(socket, live.room.name) is not live:
                raise Rejected("You have gone on to another place.")

    def _run(self, call: Call, room: Room, who: Attendee, arguments: dict[str, Json]) -> Json:
        token = calling.set(who)
        try:
            with self._loader.context():
                reply = call.run(room, who, **arguments)
        finally:
            calling.reset(token)
        # An answer that is not JSON is an error here, and not in the middle of Socket.IO.
        dumps(reply)
        return reply

    def _take(self, live: LiveRoom, signal: Signal, who: Attendee, value: Json) -> None:
        if signal.merge == "latest" and who.slot is None:
            return
        is_gone = value is None and signal.merge == "latest"
        try:
            taken = None if is_gone else self._run_signal(signal, live.room, who, value)
        except Rejected:
            # A call gets its sentence; a signal is sent without waiting for an answer, so one that is wrong is dropped.
            live.dropped += 1
            return
        if is_gone or taken is not None:
            self._put_signal(SentSignal(live.room.name, live.place, signal.name, signal.merge, who.id, taken))

    def _run_signal(self, signal: Signal, room: Room, who: Attendee, value: Json) -> Json:
        parameter = signal.schema.parameters[0].name
        result = signal.run(room, who, **signal.schema.arguments({parameter: value}))
        if result is None:
            return None
        if signal.merge == "sum" and not is_number(result):
            raise ValueError(f"{room.name}.{signal.name} is a sum, so it returns a number, not {result!r}.")
        return frozen(signal.name, result)

    def _send_rate(self, socket: Socket, live: LiveRoom, signal: Signal, now: float) -> None:
        """Send a page its new rate, when it has to signal half as often as it does, or may twice."""
        membership = socket.rooms[live.room.name]
        every = self._signal_rate.every(signal.every, now)
        if every >= 2 * membership.every or 2 * every <= membership.every:
            membership.every = every
            self._publisher.send_identity(live, socket)
