"""Lets sockets into rooms and out of them: what the events room_join and room_leave do."""

from ..core.payloads import Json
from ..core.places import Place
from ..core.room_changes import Joined
from ..core.visibility import is_counted
from ..transport.socket import Socket
from .attendee import Attendee
from .host import Host
from .live_room import LiveRoom
from .loader import Loaded, Loader
from .membership import Membership
from .process import Process
from .publisher import Publisher
from .rejected import Rejected
from .room import Room

ROOMS_AT_ONCE = 8


class Subscriptions:
    """Everything raises Rejected for what cannot be done."""

    def __init__(self, node: Process, host: Host, loader: Loader, publisher: Publisher) -> None:
        self._node, self._host, self._loader, self._publisher = node, host, loader, publisher

    def join(self, socket: Socket, place: Place, names: object) -> dict[str, Json]:
        """Let a socket into rooms at its place, all or none; send the states again of those that it has joined."""
        rooms = self._wanted(socket, names, place)
        loaded = [self.loaded(socket, room, place.path) for room in rooms]
        with self._node.lock:
            # Again, now that nothing can come between.
            if self._node.hub.get(socket.sid) is not socket or socket.signed_out or socket.place != place.path:
                raise Rejected("You have gone on to another place.")
            self._append_joined(socket, rooms)
            lives = [self._host.open(room, place.path) for room in rooms]
            for live, answer in zip(lives, loaded, strict=True):
                self._let_in(socket, live, answer)
            states = [state for live in lives for state in live.states(socket.rooms[live.room.name].audiences)]
            self._publisher.send(states, [socket])
        return {
            "slots": {room.name: socket.rooms[room.name].slot for room in rooms if room.has_people},
            "every": {room.name: socket.rooms[room.name].every for room in rooms if room.signals},
        }

    def leave(self, socket: Socket, name: str) -> None:
        """Let a socket out of a room."""
        with self._node.lock:
            live = self.joined(socket, name)
            if live.room.has_people:
                self._node.log.append(Joined(self._node.connection_id(socket.sid), name, on=False))
            self._let_out(socket, live)

    def leave_all(self, socket: Socket) -> None:
        """Let out a socket that goes elsewhere or has closed. Its joins end in the log. With the node locked."""
        for live in self._lives(socket):
            self._let_out(socket, live)

    def joined(self, socket: Socket, name: str) -> LiveRoom:
        """The room that a socket has joined."""
        if name not in socket.rooms:
            self._host.find(name)
            raise Rejected(f"Join the room {name!r} first.")
        return self._host.live[name, socket.place or ""]

    def attendee(self, socket: Socket, room: Room, place: str) -> Attendee:
        """The user at a socket, as the code of a room sees them."""
        live = self._host.live.get((room.name, place))
        slot = live.attendees.slot_of(socket.user.id) if live else None
        return Attendee.of(socket.user, self._node.keys.of(socket.user), place, slot)

    def loaded(self, socket: Socket, room: Room, place: str) -> Loaded:
        """Ask the room's code what a socket needs to be let in. It may yield."""
        stales = self._host.stales
        audiences = self._loader.audiences(room, self.attendee(socket, room, place))
        live = self._host.live.get((room.name, place))
        unheard = [one for one in audiences if live is None or not live.is_noticed(one)]
        return Loaded(audiences, {one: self._loader.load(room, place, one) for one in unheard}, stales)

    def admit(self, socket: Socket, live: LiveRoom, loaded: Loaded) -> None:
        """Put a socket into other audiences than before, and send it their states. With the node locked."""
        membership = socket.rooms[live.room.name]
        gone = [audience for audience in membership.audiences if audience not in loaded.audiences]
        new = [audience for audience in loaded.audiences if audience not in membership.audiences]
        emptied = [live.audiences[audience].empty_state() for audience in gone]
        for audience in gone:
            live.unsubscribe(audience, socket)
        membership.audiences = loaded.audiences
        for audience in new:
            self._subscribe(socket, live, audience, loaded)
        self._publisher.send([*emptied, *live.states(new)], [socket])

    def renew_notice(self, user_id: str) -> None:
        """Check again whether a user's pages may be noticed. With the node locked."""
        for socket in self._node.hub.of(user_id):
            for live in self._lives(socket):
                for audience in map(live.audiences.__getitem__, socket.rooms[live.room.name].audiences):
                    if audience.renew_notice():
                        self._publisher.send([audience.state()], list(audience.sockets.values()))

    def _wanted(self, socket: Socket, names: object, place: Place) -> list[Room]:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Rejected("The payload needs a list of texts 'rooms'.")
        if not 1 <= len(names) <= ROOMS_AT_ONCE:
            raise Rejected(f"Join 1 to {ROOMS_AT_ONCE} rooms, not {len(names)}.")
        if len({*socket.rooms, *names}) > ROOMS_AT_ONCE:
            raise Rejected(f"A page joins at most {ROOMS_AT_ONCE} rooms at once.")
        rooms = [self._host.find(name) for name in dict.fromkeys(names)]
        for room in rooms:
            if not self._loader.opens_at(room, place):
                raise Rejected(f"There is no room {room.name!r} at {place.path!r}.")
        return rooms

    def _append_joined(self, socket: Socket, rooms: list[Room]) -> None:
        for room in rooms:
            if room.has_people and room.name not in socket.rooms:
                self._node.log.append(Joined(self._node.connection_id(socket.sid), room.name))
        if is_counted(socket.user):
            # Publish to those who are here already first, so that the states which follow hold this join.
            self._publisher.publish()

    def _let_in(self, socket: Socket, live: LiveRoom, loaded: Loaded) -> None:
        if live.room.name in socket.rooms:
            self.admit(socket, live, loaded)
            return
        every = min((signal.every for signal in live.room.signals.values()), default=0)
        slot = live.attendees.slot_of(socket.user.id)
        socket.rooms[live.room.name] = Membership(loaded.audiences, slot, every)
        for audience in loaded.audiences:
            self._subscribe(socket, live, audience, loaded)

    def _subscribe(self, socket: Socket, live: LiveRoom, audience: str, loaded: Loaded) -> None:
        if live.subscribe(audience, socket, loaded.cells.get(audience, {})):
            others = [one for one in live.sockets_of(audience) if one is not socket]
            self._publisher.send(live.states([audience]), others)
        if audience not in loaded.cells and not live.is_noticed(audience) or self._host.stales != loaded.stales:
            # Others have left, or the database has changed, while the cells were loaded.
            self._host.make_stale(live.room.name, live.place)

    def _lives(self, socket: Socket) -> list[LiveRoom]:
        return [self._host.live[name, socket.place or ""] for name in socket.rooms]

    def _let_out(self, socket: Socket, live: LiveRoom) -> None:
        for audience in socket.rooms.pop(live.room.name).audiences:
            live.unsubscribe(audience, socket)
        self._host.tidy(live)
