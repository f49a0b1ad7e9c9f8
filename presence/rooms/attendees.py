"""The attendees of a room at one place, and the slot of each. Pure.

A slot is a small number that stands for a person in signals. It is computed from what others may know of a user and
from nothing else: someone visible to everyone has a slot with a face, someone anonymous a slot without, someone hidden
has none and is not in `total`. Another visibility, or another key, is another slot; and a freed slot stays free for a
while, so that someone nameless cannot be linked to the name that held it a moment ago.
"""

from dataclasses import dataclass
from heapq import heappop, heappush, nsmallest

from ..core.people import Face, User
from ..core.visibility import face, is_counted

FREE_SECONDS = 10.0
FACES_TOLD = 50


@dataclass(slots=True)
class _Seat:
    key: str
    face: Face | None
    slot: int | None = None


class Attendees:
    """People by user id. `cap`: the most slots; who comes later has none, until one is free."""

    __slots__ = ("_cap", "_free", "_freed", "_highest", "_seats", "_user_at", "_waiting")

    def __init__(self, cap: int | None = None) -> None:
        self._cap = cap
        self._seats: dict[str, _Seat] = {}
        self._waiting: dict[str, None] = {}
        self._user_at: dict[int, str] = {}
        self._freed: dict[int, float] = {}
        self._free: list[int] = []
        self._highest = 0

    def __contains__(self, user_id: str) -> bool:
        """Whether a user has joined and is counted, with a slot or without."""
        return user_id in self._seats

    @property
    def total(self) -> int:
        """The number of people who have joined, as others may know."""
        return len(self._seats)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remember: no people, and no slot that was theirs a moment ago."""
        return not self._seats and not self._freed

    def slot_of(self, user_id: str) -> int | None:
        seat = self._seats.get(user_id)
        return seat.slot if seat else None

    def faces(self) -> dict[int, Face | None]:
        """The faces that are published: those of the lowest slots."""
        return {slot: self._seats[self._user_at[slot]].face for slot in nsmallest(FACES_TOLD, self._user_at)}

    def put(self, user: User, key: str, now: float) -> int | None:
        """Take a user in, or update one. Returns the slot that this has freed, None for none."""
        seat, shown = self._seats.get(user.id), face(user, key)
        freed = None
        if seat and (not is_counted(user) or seat.key != key or (seat.face is None) != (shown is None)):
            freed, seat = self.remove(user.id, now), None
        if seat:
            seat.face = shown
        elif is_counted(user):
            self._seats[user.id] = _Seat(key, shown)
            self._waiting[user.id] = None
            self._fill(now)
        return freed

    def remove(self, user_id: str, now: float) -> int | None:
        """Let a user go. Returns the slot that this has freed. Not an error for one who never joined."""
        seat = self._seats.pop(user_id, None)
        self._waiting.pop(user_id, None)
        if seat is None or seat.slot is None:
            return None
        del self._user_at[seat.slot]
        self._freed[seat.slot] = now
        self._fill(now)
        return seat.slot

    def expire(self, now: float) -> None:
        """Let slots be given again that were freed long enough ago."""
        for slot, at in list(self._freed.items()):
            if at + FREE_SECONDS <= now:
                del self._freed[slot]
                heappush(self._free, slot)

    def _fill(self, now: float) -> None:
        """Give slots to those who have none, in the order in which they came."""
        self.expire(now)
        for user_id in list(self._waiting):
            if self._cap is not None and len(self._user_at) >= self._cap:
                return
            del self._waiting[user_id]
            slot = self._seats[user_id].slot = self._lowest()
            self._user_at[slot] = user_id

    def _lowest(self) -> int:
        if self._free:
            return heappop(self._free)
        self._highest += 1
        return self._highest
