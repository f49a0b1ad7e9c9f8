"""Test presence in your own site: pages on the Socket.IO test client, and a clock that a test moves.

    from presence.testing import Page, freeze

    def test_two_people_meet():
        clock = freeze(app)
        ines = Page(app, browser=signed_in("ines"))
        ines.enter("book/one/storm")
        bo = Page(app, browser=signed_in("bo"))
        bo.enter("book/one/harbour")
        assert ines.names("book/one") == ["Bo", "Ines"]
        bo.close()
        clock.advance(5)                      # past the grace of 4 seconds
        assert ines.names("book/one") == ["Ines"]

And rooms, on the same pages and the same clock:

    def test_a_lamp():
        ines.join("lamp")                     # {"ok": True, "slots": {"lamp": 1}, "every": {…}}
        ines.call("lamp", "switch", on=True)  # {"ok": True, "reply": None}
        clock.advance(1)
        assert bo.cells("lamp")["lamp"]["on"]
        bo.signal("lamp", "claps", 3)
        assert ines.signals("lamp") == [{"claps": 3}]

Do not keep an app context open around the pages: Flask-Login keeps the user in it, so all pages would be one person's.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask

from .rooms.page_state import RoomStates

Event = tuple[str, dict[str, Any]]


class Clock:
    """Unix seconds that stand still until `advance`."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now
        self.then: Callable[[], None] = lambda: None

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass, and do what falls due: graces that end, ticks, study statuses that expire."""
        self.now += seconds
        self.then()


def freeze(app: Flask, clock: Clock | None = None) -> Clock:
    """Stop the clock and the background task of the app's presence. Returns the clock."""
    presence = app.extensions["presence"]
    clock = clock or Clock()
    clock.then = presence.tick
    presence.ticker.enabled = False
    presence.clock = clock
    return clock


class Page:
    """One open page: a socket, the events it was sent, and what they add up to.

    `browser` is a Flask test client that is signed in; `options` go to Flask-SocketIO's test client (headers, auth).
    """

    def __init__(self, app: Flask, browser: Any = None, **options: Any) -> None:
        self._app = app
        self._topics: dict[str, dict[str, Any]] = {}
        self._events: list[Event] = []
        self._rooms = RoomStates()
        self.socket = app.extensions["socketio"].test_client(app, flask_test_client=browser, **options)

    @property
    def connected(self) -> bool:
        connected: bool = self.socket.is_connected()
        return connected

    def emit(self, event: str, *payload: Any) -> Any:
        """Send an event. Returns its acknowledgement."""
        return self.socket.emit(event, *payload, callback=True)

    def enter(self, place: str) -> Any:
        """Say that this page is at a place now. Returns the acknowledgement."""
        return self.emit("enter", {"place": place})

    def events(self) -> list[Event]:
        """The events that have come since the last call, as (name, payload)."""
        self._receive()
        events, self._events = self._events, []
        return events

    def people(self, topic: str = "") -> list[dict[str, Any]]:
        """The Persons of a topic as this page knows them, in no order."""
        self._receive()
        return list(self._topics[topic]["people"].values())

    def names(self, topic: str = "") -> list[str]:
        """The names of a topic's people, sorted."""
        return sorted(person["name"] for person in self.people(topic))

    def total(self, topic: str = "") -> int:
        """How many people are in a topic, those without a name included."""
        self._receive()
        total: int = self._topics[topic]["total"]
        return total

    def join(self, *rooms: str) -> Any:
        """Join rooms at this page's place. Returns the acknowledgement."""
        return self.emit("room_join", {"rooms": list(rooms)})

    def leave(self, room: str) -> Any:
        return self.emit("room_leave", {"room": room})

    def call(self, room: str, name: str, /, **arguments: Any) -> Any:
        """Call a room's code. Returns the acknowledgement, with the answer as `reply`."""
        return self.emit("room_call", {"room": room, "call": name, "with": arguments})

    def signal(self, room: str, name: str, value: Any) -> Any:
        """Send a signal. Returns the acknowledgement, which a real page does not ask for."""
        return self.emit("room_signal", {"room": room, "signal": name, "value": value})

    def cells(self, room: str) -> dict[str, Any]:
        """The cells of a room as this page knows them, of all its audiences."""
        self._receive()
        return self._rooms.cells(room)

    def faces(self, room: str) -> dict[str, Any]:
        """The faces of a room by slot, None for someone without a name."""
        self._receive()
        return self._rooms.people(room)

    def attendance(self, room: str) -> int:
        """How many people have joined a room, as this page knows."""
        self._receive()
        return self._rooms.total(room)

    def signals(self, room: str) -> list[dict[str, Any]]:
        """The signals of a room that have come since the last call, tick by tick."""
        self._receive()
        told = [signals for name, signals in self._rooms.signals if name == room]
        self._rooms.signals = [one for one in self._rooms.signals if one[0] != room]
        return told

    def identities(self, room: str) -> list[dict[str, Any]]:
        """The `room_me` of a room that have come."""
        self._receive()
        return [message for message in self._rooms.identities if message["room"] == room]

    def close(self) -> None:
        """Close the page. Its grace begins."""
        self.socket.disconnect()

    def drop_connection(self) -> None:
        """Cut the network under the page; the server has noticed."""
        server = self._app.extensions["socketio"].server
        server._handle_eio_disconnect(self.socket.eio_sid, "transport close")

    def _receive(self) -> None:
        # The test client's own get_received() refuses once the server has hung up.
        queue, self.socket.queue = self.socket.queue, []
        for packet in queue:
            name, payload = packet["name"], packet["args"][0]
            self._events.append((name, payload))
            self._rooms.receive(name, payload)
            if name == "presence_state":
                people = {person["key"]: person for person in payload["people"]}
                self._topics[payload["topic"]] = {"people": people, "total": payload["total"]}
            elif name == "presence_diff" and payload["topic"] in self._topics:
                apply_diff(self._topics[payload["topic"]], payload)


def apply_diff(topic: dict[str, Any], diff: dict[str, Any]) -> None:
    """Bring `{"people": {key: Person}, "total": n}` up to date, as a page does."""
    for key in diff.get("leaves", []):
        topic["people"].pop(key, None)
    for person in [*diff.get("joins", []), *diff.get("updates", [])]:
        topic["people"][person["key"]] = person
    topic["total"] = diff.get("total", topic["total"])
