"""A simulated classmate's page in the rooms of its place."""

import threading
from collections.abc import Callable
from typing import Any

import socketio

Json = Any

STATE_SECONDS = 2


class RoomPage:
    """Wraps an open connection; `hear` is called with each room's state. Refusals are returned, as answers with `ok`
    false; a lost connection raises.
    """

    def __init__(self, tab: socketio.Client, hear: Callable[[str, dict[str, Json]], None]) -> None:
        self._tab, self._hear = tab, hear
        self._states: dict[str, dict[str, Json]] = {}
        self._heard = threading.Event()
        tab.on("room_state", self._keep)

    def join(self, room: str) -> dict[str, Json]:
        """Join a room. Returns its state, {} if none arrives soon."""
        self._heard.clear()
        self._tab.call("room_join", {"rooms": [room]}, timeout=5)
        while room not in self._states and self._heard.wait(STATE_SECONDS):
            self._heard.clear()
        return self._states.pop(room, {})

    def call(self, room: str, name: str, **arguments: Json) -> dict[str, Json]:
        answer: dict[str, Json] = self._tab.call(
            "room_call", {"room": room, "call": name, "with": arguments}, timeout=5
        )
        return answer

    def signal(self, room: str, name: str, value: Json) -> None:
        self._tab.emit("room_signal", {"room": room, "signal": name, "value": value})

    def _keep(self, state: dict[str, Json]) -> None:
        self._hear("room_state", state)
        if not state["audience"]:
            self._states[state["room"]] = state
            self._heard.set()
