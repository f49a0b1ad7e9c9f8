"""Lets sockets into rooms and out of them: what the events room_join and room_leave do."""

from ..core.payloads import Json
from ..core.places import Place
from ..core.room_changes import Joined
from ..core.visibility import is_counted
from ..transport.hub import Socket
from .attendee import Attendee
from .host import Host
from .live_room import LiveRoom
from .loader import Loader
from .membership import Membership
from .process import Process
from .publisher import Publisher
from .rejected import Rejected
from .room import Room

ROOMS_AT_ONCE = 8
Loaded = dict[str, dict[str, Json]]
"""Durable cells by audience."""


class Subscriptions:
    """`resyncs` counts the rooms that were joined again. Everything raises Rejected for what cannot be done."""

    def __init__(self, node: Process, host: Host, loader: Loader, publisher: Publisher) -> None:
        self._node, self._host, self._loader, self._publisher = node, host, loader, publisher
        self.resyncs = 0

    def join(self, socket: Socket, place: Place, names: object) -> dict[str, Json]:
        """Let a socket into rooms at its place, all or none; send the states again of those that it has joined."""
        stales = self._host.stales
        wanted = [(room, *self.loaded(socket, room, place.path)) for room in self._rooms(socket, names, place)]
        with self._node.lock:
            # Again, now that nothing can come between.
            if self._node.hub.get(socket.sid) is not socket or socket.signed_out or socket.place != place.path:
                raise Rejected("You have gone on to another place.")
            self._append_joined(socket, [room for room, *_ in wanted])
            for room, audiences, loaded in wanted:
                self._let_in(socket, room, audiences, loaded, stales)
            self._send_states(socket, [room.name for room, *_ in wanted])
        return self._welcome(socket, [room for room, *_ in wanted])

    def leave(self, socket: Socket, name: str) -> None:
        """Let a socket out of a room."""
        with self._node.lock:
            live = self.joined(socket, name)
            if live.room.has_people:
                self._node.log.append(Joined(self._node.connection_id(socket.sid), name, on=False))
            self._let_out(socket, live)

    def leave_all(self, socket: Socket) -> None:
        """Let out a socket that goes elsewhere or has closed. Its joins end in the log. With the node locked."""
        for name in list(socket.rooms):
            self._let_out(socket, self._host.live[name, socket.place or ""])

    def joined(self, socket: Socket, name: str) -> LiveRoom:
        """The room that a socket has joined."""
        if name not in self._host.registered:
            raise Rejected(f"There is no room {name[:100]!r}.")
        if name not in socket.rooms:
            raise Rejected(f"Join the room {name!r} first.")
        return self._host.live[name, socket.place or ""]

    def attendee(self, socket: Socket, room: Room, place: str) -> Attendee:
        """The user at a socket, as the code of a room sees them."""
        live = self._host.live.get((room.name, place))
        slot = live.attendees.slot_of(socket.user.id) if live else None
        return Attendee.of(socket.user, self._node.keys.of(socket.user), place, slot)

    def loaded(self, socket: Socket, room: Room, place: str) -> tuple[tuple[str, ...], Loaded]:
        """The audiences of a socket, and the cells of those in which no one counts yet. It may yield."""
        audiences = self._loader.audiences(room, self.attendee(socket, room, place))
        live = self._host.live.get((room.name, place))
        unheard = [one for one in audiences if live is None or not live.is_noticed(one)]
        return audiences, {one: self._loader.load(room, place, one) for one in unheard}

    def admit(self, socket: Socket, live: LiveRoom, audiences: tuple[str, ...], loaded: Loaded, stales: int) -> None:
        """Put a socket into other audiences than before, and send it their states. With the node locked."""
        membership = socket.rooms[live.room.name]
        gone = [audience for audience in membership.audiences if audience not in audiences]
        new = [audience for audience in audiences if audience not in membership.audiences]
        farewells = [live.audiences[audience].farewell() for audience in gone]
        for audience in gone:
            live.unsubscribe(audience, socket)
        membership.audiences = audiences
        for audience in new:
            self._subscribe(socket, live, audience, loaded, stales)
        self._publisher.send([*farewells, *live.states(new)], [socket])

    def _rooms(self, socket: Socket, names: object, place: Place) -> list[Room]:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Rejected("The payload needs a list of texts 'rooms'.")
        if not 1 <= len(names) <= ROOMS_AT_ONCE:
            raise Rejected(f"Join 1 to {ROOMS_AT_ONCE} rooms, not {len(names)}.")
        if len({*socket.rooms, *names}) > ROOMS_AT_ONCE:
            raise Rejected(f"A page joins at most {ROOMS_AT_ONCE} rooms at once.")
        return [self._room(name, place) for name in dict.fromkeys(names)]

    def _room(self, name: str, place: Place) -> Room:
        room = self._host.registered.get(name)
        if room is None:
            raise Rejected(f"There is no room {name[:100]!r}.")
        if not self._loader.opens_at(room, place):
            raise Rejected(f"There is no room {name!r} at {place.path!r}.")
        return room

    def _append_joined(self, socket: Socket, rooms: list[Room]) -> None:
        for room in rooms:
            if room.has_people and room.name not in socket.rooms:
                self._node.log.append(Joined(self._node.connection_id(socket.sid), room.name))
        if is_counted(socket.user):
            # Publish to those who are here already first, so that the states which follow hold this join.
            self._publisher.publish()

    def _let_in(self, socket: Socket, room: Room, audiences: tuple[str, ...], loaded: Loaded, stales: int) -> None:
        live = self._host.open(room, socket.place or "")
        if room.name in socket.rooms:
            self.resyncs += 1
            self.admit(socket, live, audiences, loaded, stales)
            return
        hz = max((signal.hz for signal in room.signals.values()), default=0.0)
        slot = live.attendees.slot_of(socket.user.id)
        socket.rooms[room.name] = Membership(audiences, slot, round(1000 / hz) if hz else 0)
        for audience in audiences:
            self._subscribe(socket, live, audience, loaded, stales)

    def _subscribe(self, socket: Socket, live: LiveRoom, audience: str, loaded: Loaded, stales: int) -> None:
        if live.subscribe(audience, socket, loaded.get(audience, {})):
            others = [one for one in live.sockets_of(audience) if one is not socket]
            self._publisher.send(live.states([audience]), others)
        if audience not in loaded and not live.is_noticed(audience) or self._host.stales != stales:
            # Others have left, or the database has changed, while the cells were loaded.
            self._host.make_stale(live.room.name, live.place)

    def _send_states(self, socket: Socket, names: list[str]) -> None:
        lives = [self._host.live[name, socket.place or ""] for name in dict.fromkeys(names)]
        states = [state for live in lives for state in live.states(socket.rooms[live.room.name].audiences)]
        self._publisher.send(states, [socket])

    def _welcome(self, socket: Socket, rooms: list[Room]) -> dict[str, Json]:
        return {
            "slots": {room.name: socket.rooms[room.name].slot for room in rooms if room.has_people},
            "every": {room.name: socket.rooms[room.name].every for room in rooms if room.signals},
        }

    def _let_out(self, socket: Socket, live: LiveRoom) -> None:
        for audience in socket.rooms.pop(live.room.name).audiences:
            live.unsubscribe(audience, socket)
        self._host.tidy(live)
