"""Rooms to test with."""

from typing import Literal

from presence.rooms import Attendee, Rejected, Room, call, signal


class Lamp(Room):
    """Ephemeral cells, people, and a sum."""

    name = "lamp"
    has_people = True

    @call(per_second=2)
    def switch(self, who: Attendee, on: bool, colour: str = "warm"):
        if colour not in ("warm", "cool"):
            raise Rejected(f"A lamp is warm or cool, not {colour!r}.")
        self.put(who.place, lamp={"on": on, "colour": colour, "by": who.key}, of=who)

    @call(per_second=20, open_to="counted")
    def write(self, who: Attendee, name: str, value: str = ""):
        self.put(who.place, {name: value or None})

    @call(per_second=20, open_to="counted")
    def lead(self, who: Attendee):
        self.put(who.place, lead={"by": who.face}, of=who, while_here=True)

    @call(per_second=20, open_to="signed in")
    def remember(self, who: Attendee):
        self.put(who.place, note=1)

    @call(per_second=0.5, burst=2)
    def slowly(self, who: Attendee):
        return who.slot

    @signal(merge="sum")
    def claps(self, who: Attendee, value: int):
        return min(max(value, 0), 5)


class Tally(Room):
    """Durable cells and audiences: one vote each, and a tally for those who have voted."""

    name = "tally"
    tick = 0.5

    def __init__(self, presence):
        super().__init__(presence)
        self.votes: dict[str, dict[str, str]] = {}
        self.unseen: dict[str, dict[str, str]] = {}
        self.loads: list[tuple[str, str]] = []

    def opens_at(self, place):
        return place.path.count("/") >= 1

    def load(self, place, audience):
        self.loads.append((place, audience))
        votes = list(self.votes.get(place, {}).values())
        if audience == "voted":
            return {"tally": {option: votes.count(option) for option in sorted(set(votes))}}
        return {"votes": len(votes)}

    def audiences(self, who):
        if any(who.id in votes.get(who.place, {}) for votes in (self.votes, self.unseen)):
            yield "voted"
        if who.role == "instructor":
            yield "teaching"

    @call(per_second=5, open_to="signed in")
    def vote(self, who: Attendee, option: Literal["a", "b"]):
        votes = self.unseen if who.is_hidden else self.votes
        votes.setdefault(who.place, {})[who.id] = option
        self.admit(who.id, who.place)
        self.refresh(who.place)
        return {"thanks": option}

    def withdraw(self, user_id, place):
        del self.votes[place][user_id]
        self.admit(user_id, place)
        self.refresh(place)


class Pointers(Room):
    """The latest signal of each slot, of at most two people."""

    name = "arrows"
    has_people = True
    cap = 2

    @signal(hz=10)
    def at(self, who: Attendee, value: list[int]):
        return value if len(value) in (1, 4) else None
