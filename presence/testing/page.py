"""One open page of a test, on the Socket.IO test client."""

from typing import Any

from flask import Flask

from .room_states import RoomStates
from .topic_states import TopicStates

Event = tuple[str, dict[str, Any]]


class Page:
    """One open page: a socket, the events it was sent, and their sum.

    `browser` is a Flask test client that is signed in; `options` go to Flask-SocketIO's test client (headers, auth).
    """

    def __init__(self, app: Flask, browser: Any = None, **options: Any) -> None:
        self._app = app
        self._topics = TopicStates()
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
        return self._topics.people(topic)

    def names(self, topic: str = "") -> list[str]:
        """The names of a topic's people, sorted."""
        return sorted(person["name"] for person in self.people(topic))

    def total(self, topic: str = "") -> int:
        """The number of people in a topic, those without a name included."""
        self._receive()
        return self._topics.total(topic)

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
        """The number of people who have joined a room, as this page knows."""
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
            self._topics.receive(name, payload)
            self._rooms.receive(name, payload)
