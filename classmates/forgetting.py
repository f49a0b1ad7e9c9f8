"""Lets the site forget all that simulated classmates have answered and pressed, and tell its open pages."""

from contextlib import suppress

import socketio
from socketio.exceptions import SocketIOError

ROOMS = ("polls", "reactions")


def ask(url: str, cookie: str, place: str) -> None:
    """Ask the site, if it is there, to forget all that simulated classmates have answered and pressed."""
    page = socketio.Client(reconnection=False)
    with suppress(SocketIOError):
        page.connect(url, headers={"Cookie": cookie}, transports=["websocket"], wait_timeout=5)
        page.call("enter", {"place": place}, timeout=5)
        for room in ROOMS:
            page.call("room_join", {"rooms": [room]}, timeout=5)
            page.call("room_call", {"room": room, "call": "forget", "with": {}}, timeout=5)
    with suppress(Exception):
        page.disconnect()
