"""The seats of the people who have joined rooms, from the joins in the log and from the roster.

Everything here is called with the node locked.
"""

from ..core.people import User
from ..core.room_changes import Joined
from ..core.roster import Roster
from .host import Host
from .joins import Joins, Seat


class Seating:
    """Keeps the attendees of live rooms true to the joins. Connections unknown to the roster are not an error."""

    def __init__(self, host: Host, roster: Roster) -> None:
        self._host, self._roster, self._joins = host, roster, Joins()

    @property
    def is_empty(self) -> bool:
        """Whether no page has joined a room with people."""
        return not len(self._joins)

    def apply(self, change: Joined, at: float) -> None:
        """Seat the user of a page in a room, or let the page go."""
        present = self._roster.connections.get(change.connection)
        if present is None:
            return
        seat = change.room, present.place, present.user.id
        if not change.on:
            self._leave(change.connection, change.room, at)
        elif self._joins.join(change.connection, seat):
            self._put(seat, at)

    def replace(self, connection: str, rooms: tuple[str, ...], at: float) -> None:
        """Let a page have joined exactly these rooms."""
        for room in self._joins.rooms(connection) - set(rooms):
            self._leave(connection, room, at)
        for room in rooms:
            self.apply(Joined(connection, room), at)

    def end_page(self, connection: str, at: float, heir: str | None) -> None:
        """Let a page go; its `heir`, the connection with which it has come back, keeps the seats for a while."""
        if heir:
            self._joins.hand_over(connection, heir, at)
        for room in self._joins.rooms(connection):
            self._leave(connection, room, at)

    def update(self, user: User, at: float) -> None:
        """Show a user as they are now wherever they have joined."""
        for seat in self._joins.of(user.id):
            self._put(seat, at)

    def expire(self, now: float) -> None:
        for connection, room in self._joins.expire(now):
            self._leave(connection, room, now)

    def next_expiry(self) -> float | None:
        return self._joins.next_expiry()

    def _put(self, seat: Seat, at: float) -> None:
        room, member = self._host.registered.get(seat[0]), self._roster.members[seat[2]]
        if room is None or not room.has_people:
            return
        live = self._host.open(room, seat[1])
        slot = live.attendees.slot_of(member.user.id)
        live.put_attendee(member.user, member.key, at)
        if slot is not None and slot != live.attendees.slot_of(member.user.id):
            self._host.exposed.add(live)

    def _leave(self, connection: str, room: str, at: float) -> None:
        seat = self._joins.leave(connection, room)
        if seat and (live := self._host.live.get(seat[:2])):
            live.remove_attendee(seat[2], at)
