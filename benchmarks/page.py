"""An open page of the soak: a raw WebSocket, and what it has been told, put together as a browser does.

The rules are those of static/js/presence/model/topics.js: a diff applies on the state before it, an old one is
dropped, and after a gap the page asks for a state. It joins some rooms wherever it goes.
"""

import json
import sys
from pathlib import Path

import websocket

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from presence.testing.room_states import RoomStates

ROOMS = ("polls", "reactions", "timer", "pointers")


class Page:
    """`views` holds what each topic of the place shows, `rooms` its rooms; `gaps` counts the times it had to ask."""

    def __init__(self, url: str, cookie: str, place: str) -> None:
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.raw = websocket.create_connection(address, cookie=f"session={cookie}", origin=url, timeout=20)
        self.views: dict[str, dict] = {}
        self.rooms = RoomStates()
        self.refused = self.gaps = 0
        self.raw.send("40")
        self.enter(place)

    def fileno(self) -> int:
        return self.raw.fileno()

    def enter(self, place: str) -> None:
        self.place = place
        parts = place.split("/")
        topics = ["/".join(parts[:depth]) for depth in range(3)]
        self.views = {topic: self.views.get(topic, {"seq": None}) for topic in topics}
        self._emit("enter", {"place": place})
        self.join()

    def join(self) -> None:
        self._emit("room_join", {"rooms": ROOMS})

    def call(self, room: str, name: str, **given) -> None:
        self._emit("room_call", {"room": room, "call": name, "with": given})

    def signal(self, room: str, name: str, value) -> None:
        self.raw.send("42" + json.dumps(["room_signal", {"room": room, "signal": name, "value": value}]))

    def activity(self, status: str) -> None:
        self._emit("activity", {"status": status})

    def vanish(self) -> None:
        """Go away without a word, as a browser that is killed."""
        self.raw.shutdown()

    def read(self) -> None:
        """Take one message; it must be there."""
        text = self.raw.recv()
        if text == "2":
            self.raw.send("3")
        elif text.startswith("431"):
            self.refused += not json.loads(text[3:])[0]["ok"]
        elif text.startswith("42"):
            event, payload = json.loads(text[2:])
            if event.startswith("room_"):
                self._take_of_room(event, payload)
            elif view := self.views.get(payload.get("topic")):
                self._take(event, view, payload)

    def _emit(self, event: str, payload: dict) -> None:
        self.raw.send("421" + json.dumps([event, payload]))

    def _take_of_room(self, event: str, payload: dict) -> None:
        try:
            self.rooms.receive(event, payload)
        except AssertionError:
            self.gaps += 1
            self.join()
        # They are shown for a moment, and kept by no one.
        self.rooms.signals.clear()
        self.rooms.identities.clear()

    def _take(self, event: str, view: dict, payload: dict) -> None:
        if event == "presence_state":
            view.update(payload, people={person["key"]: person for person in payload["people"]})
        elif view["seq"] is not None and payload["seq"] > view["seq"]:
            if payload["seq"] == view["seq"] + 1:
                return _apply(view, payload)
            self.gaps += 1
            view["seq"] = None
            self._emit("resync", {"topic": payload["topic"]})
        return None


def _apply(view: dict, diff: dict) -> None:
    for key in diff.get("leaves", []):
        view["people"].pop(key, None)
    for person in [*diff.get("joins", []), *diff.get("updates", [])]:
        view["people"][person["key"]] = person
    view["counts"] = {child: n for child, n in {**view["counts"], **diff.get("counts", {})}.items() if n}
    view["seq"], view["total"] = diff["seq"], diff["total"]
