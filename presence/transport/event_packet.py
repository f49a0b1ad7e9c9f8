"""Socket.IO packets whose event cannot name one of the library's own handlers.

python-socketio looks an event up in the same table as its own `connect`, `disconnect` and catch-all `*`, so a client
could call these with arguments of its choice. Here such an event arrives under a name that stands for all of them.
"""

from typing import Any

from socketio import packet

RESERVED = "reserved event"
"""The event under which reserved names arrive, with the name as the first argument."""
_NAMES = frozenset(("connect", "disconnect", "connect_error", "*", RESERVED))


class EventPacket(packet.Packet):
    """Give it to Socket.IO as `serializer`."""

    data: Any

    def decode(self, encoded_packet: str) -> Any:
        attachments = super().decode(encoded_packet)
        if isinstance(self.data, list) and self.data and isinstance(self.data[0], str) and self.data[0] in _NAMES:
            self.data = [RESERVED, *self.data]
        return attachments
