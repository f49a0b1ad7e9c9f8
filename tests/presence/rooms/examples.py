"""Rooms to test with, and a client that keeps what it was told."""

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
        if who.id in self.votes.get(who.place, {}):
            yield "voted"
        if who.role == "instructor":
            yield "teaching"

    @call(per_second=5, open_to="signed in")
    def vote(self, who: Attendee, option: Literal["a", "b"]):
        self.votes.setdefault(who.place, {})[who.id] = option
        self.admit(who.id, who.place)
        self.refresh(who.place)
        return {"thanks": option}

    def withdraw(self, user_id, place):
        del self.votes[place][user_id]
        self.admit(user_id, place)
        self.refresh(place)


class Pointers(Room):
    """The latest signal of each slot, of at most two people."""

    name = "pointers"
    has_people = True
    cap = 2

    @signal(hz=10)
    def at(self, who: Attendee, value: list[int]):
        return value if len(value) in (1, 4) else None


class Page:
    """An open page that has joined rooms: what it has been told, by the rules of the protocol."""

    def __init__(self, tab, *rooms):
        self.tab = tab
        self.cells: dict[tuple[str, str], dict] = {}
        self.seq: dict[tuple[str, str], int] = {}
        self.people: dict[str, dict] = {}
        self.total: dict[str, int] = {}
        self.signals: list[dict] = []
        self.me: list[dict] = []
        self.heard: list[tuple[str, dict]] = []
        self.answer = self.join(*rooms) if rooms else {"ok": True}

    def join(self, *rooms):
        return self.tab.emit("room_join", {"rooms": list(rooms)})

    def call(self, room, name, **payload):
        return self.tab.emit("room_call", {"room": room, "call": name, "with": payload})

    def signal(self, room, name, value):
        return self.tab.emit("room_signal", {"room": room, "signal": name, "value": value})

    def read(self):
        """Take in what has come. Returns itself."""
        for name, payload in self.tab.frames():
            if name.startswith("room_"):
                self.heard.append((name, payload))
                getattr(self, f"_{name}")(payload)
        return self

    def all(self, room):
        """The cells of all my audiences."""
        return {name: value for (its, _), cells in self.cells.items() if its == room for name, value in cells.items()}

    def _room_state(self, message):
        board = message["room"], message["audience"]
        self.cells[board], self.seq[board] = dict(message["cells"]), message["seq"]
        if "people" in message:
            self.people[message["room"]], self.total[message["room"]] = dict(message["people"]), message["total"]

    def _room_diff(self, message):
        board = message["room"], message["audience"]
        if message["seq"] <= self.seq[board]:
            return
        assert message["seq"] == self.seq[board] + 1
        self.seq[board] += 1
        for name, value in message.get("cells", {}).items():
            self.cells[board].pop(name, None)
            if value is not None:
                self.cells[board][name] = value
        people = self.people.setdefault(message["room"], {})
        for slot in message.get("left", []):
            del people[str(slot)]
        people |= message.get("people", {})
        if "total" in message:
            self.total[message["room"]] = message["total"]

    def _room_signals(self, message):
        self.signals.append(message["signals"])

    def _room_me(self, message):
        self.me.append(message)
