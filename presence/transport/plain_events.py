"""Handles the events of eventlet's sockets directly: reads the packet once, calls the handler, writes the answer.

Socket.IO's own way reads a packet three times (Engine.IO, then the text, then the JSON), looks for binary parts in
every answer, and sends it apart from what the event has sent to the same socket. Everything but plain events in the
one namespace (connects, acknowledgements, unknown and reserved names) takes that way still.
"""

from collections.abc import Callable
from typing import Any

import socketio

from . import strict_json
from .event_packet import RESERVED
from .frames import NAMESPACE, text_frame

EVENT, ACKNOWLEDGEMENT = "2", "43"
LONGEST_NUMBER = 15
OK, OK_TEXT = {"ok": True}, '[{"ok":true}]'

Event = tuple[str, list[Any]]


class PlainEvents:
    """`otherwise(engine_sid, text)` is Socket.IO's own way."""

    def __init__(self, server: socketio.Server, otherwise: Callable[[str, str], None]) -> None:
        self._server, self._otherwise = server, otherwise

    def handle(self, engine_sid: str, text: str) -> None:
        """Handle a Socket.IO packet. Raises ValueError for one that cannot be read."""
        event, server = read_event(text), self._server
        handler = event and server.handlers[NAMESPACE].get(event[1][0])
        sid = server.manager.sid_from_eio_sid(engine_sid, NAMESPACE)
        if event is None or handler is None or not server.manager.is_connected(sid, NAMESPACE):
            return self._otherwise(engine_sid, text)
        number, (_, *payload) = event
        answer = handler(sid, *payload)
        socket = server.eio.sockets.get(engine_sid)
        if number and socket is not None:
            written = OK_TEXT if answer == OK else strict_json.dumps([answer])
            socket.queue.write_soon(text_frame(f"{ACKNOWLEDGEMENT}{int(number)}{written}"))
        return None


def read_event(text: str) -> Event | None:
    """The number of an event, "" for none, and its name and payload. None for anything but a plain event.

    Raises ValueError for what is not strict JSON.
    """
    start = text.find("[", 1, LONGEST_NUMBER + 2) if text.startswith(EVENT) else -1
    number = text[1:start]
    if start < 0 or (number and not (number.isascii() and number.isdigit())):
        return None
    data = strict_json.loads(text[start:])
    is_plain = isinstance(data, list) and data and isinstance(data[0], str) and data[0] not in RESERVED
    return (number, data) if is_plain and isinstance(data, list) else None
