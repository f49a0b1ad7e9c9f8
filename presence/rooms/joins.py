"""The rooms with people that each connection has joined, in the order of the log. Pure.

A page that is reloaded comes back as another connection, joins a moment later, and should keep its slot. So a
connection that takes over from a closed one of its place keeps its rooms too, for as long as a join may take.
"""

from collections.abc import Iterable, Iterator

CONFIRM_SECONDS = 5.0

Seat = tuple[str, str, str]
"""A room's name, a place, and the id of a user."""


class Joins:
    """Seats by connection, and connections by seat."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, Seat]] = {}
        self._pages: dict[str, dict[Seat, tuple[str, ...]]] = {}
        self._unconfirmed: dict[tuple[str, str], float] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def rooms(self, connection: str) -> set[str]:
        return set(self._rooms.get(connection, ()))

    def of(self, user_id: str) -> Iterator[Seat]:
        """The places where a user has joined."""
        return iter(list(self._pages.get(user_id, ())))

    def join(self, connection: str, seat: Seat) -> bool:
        """Returns whether this is the first page of its user there."""
        self._unconfirmed.pop((connection, seat[0]), None)
        seats = self._pages.setdefault(seat[2], {})
        others = seats.get(seat, ())
        if connection not in others:
            seats[seat] = (*others, connection)
        self._rooms.setdefault(connection, {})[seat[0]] = seat
        return not others

    def leave(self, connection: str, room: str) -> Seat | None:
        """Returns the seat when this was the last page of its user there."""
        self._unconfirmed.pop((connection, room), None)
        seat = self._rooms.get(connection, {}).pop(room, None)
        if seat is None:
            return None
        if not self._rooms[connection]:
            del self._rooms[connection]
        seats = self._pages[seat[2]]
        seats[seat] = tuple(other for other in seats[seat] if other != connection)
        if seats[seat]:
            return None
        del seats[seat]
        if not seats:
            del self._pages[seat[2]]
        return seat

    def hand_over(self, old: str, new: str, at: float) -> None:
        """Let a page that has come back have the rooms of the closed one, until it joins them itself or does not."""
        for room, seat in self._rooms.get(old, {}).items():
            if room not in self._rooms.get(new, {}):
                self.join(new, seat)
                self._unconfirmed[new, room] = at + CONFIRM_SECONDS

    def expire(self, now: float) -> Iterable[tuple[str, str]]:
        """The (connection, room) that were handed over and not joined in time."""
        return [one for one, until in self._unconfirmed.items() if until <= now]

    def next_expiry(self) -> float | None:
        return min(self._unconfirmed.values(), default=None)
