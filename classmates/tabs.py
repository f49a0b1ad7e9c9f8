"""The open tabs of a simulated classmate: Socket.IO connections, as the pages of a browser have them."""

from contextlib import suppress
from typing import Any

import socketio

from . import meeting
from .attention import Attention
from .room_page import RoomPage

ANSWER_SECONDS = 5


class Tabs:
    """`attention` hears the events of the first tab. A lost connection raises."""

    def __init__(self, url: str, cookie: str, attention: Attention) -> None:
        self._url, self._headers, self._attention = url, {"Cookie": cookie}, attention
        self._sockets: list[socketio.Client] = []

    def enter(self, place: str) -> None:
        """Go to a place in the first tab."""
        if self._sockets:
            self._go_to(self._sockets[0], place)
        else:
            self.open(place)

    def open(self, place: str) -> None:
        """Open one more tab."""
        tab = socketio.Client(reconnection=False)
        tab.connect(self._url, headers=self._headers, transports=["websocket"], wait_timeout=ANSWER_SECONDS)
        self._sockets.append(tab)
        if tab is self._sockets[0]:
            tab.on("*", self._attention.hear)
        self._go_to(tab, place)

    def close_second(self) -> None:
        if len(self._sockets) > 1:
            self._sockets.pop().disconnect()

    def close_all(self) -> None:
        while self._sockets:
            with suppress(Exception):
                self._sockets.pop().disconnect()

    def room_pages(self) -> list[RoomPage]:
        """The first tab; none while they take a break."""
        return [RoomPage(tab, self._attention.hear) for tab in self._sockets[:1]]

    def call_room(self, room: str, call: str, arguments: dict[str, Any]) -> None:
        """Join a room and call it. A refusal does no harm: they may have answered this poll on an earlier round."""
        for tab in self._sockets[:1]:
            _call(tab, "room_join", {"rooms": [room]})
            _call(tab, "room_call", {"room": room, "call": call, "with": arguments})

    def set_study_status(self, says: str | None) -> None:
        for tab in self._sockets[:1]:
            _call(tab, "company", {"says": says})

    def set_activity(self, status: str) -> None:
        for tab in self._sockets:
            _call(tab, "activity", {"status": status})

    def _go_to(self, tab: socketio.Client, place: str) -> None:
        _call(tab, "enter", {"place": place})
        _call(tab, "room_join", {"rooms": meeting.ROOMS})


def _call(tab: socketio.Client, event: str, payload: dict[str, Any]) -> None:
    tab.call(event, payload, timeout=ANSWER_SECONDS)
