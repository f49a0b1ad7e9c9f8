"""Socket.IO packets whose event cannot name one of the library's own handlers.

python-socketio looks an event up in the same table as its own `connect`, `disconnect` and catch-all `*`, so a client
could call these with arguments of its choice. Here such a name gets a mark, so that it is
just another unknown event.
"""

from typing import Any

from socketio import packet

MARK = "\0"
RESERVED = frozenset(("connect", "disconnect", "connect_error", "*"))


class EventPacket(packet.Packet):  # type: ignore[misc]  # the library has no types
    """Give it to Socket.IO as `serializer`."""

    data: Any

    def decode(self, encoded_packet: str) -> Any:
        attachments = super().decode(encoded_packet)
        if isinstance(self.data, list) and self.data and isinstance(self.data[0], str) and self.data[0] in RESERVED:
            self.data[0] = MARK + self.data[0]
        return attachments
