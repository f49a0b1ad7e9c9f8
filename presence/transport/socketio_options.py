"""The options of Socket.IO that presence needs."""

from typing import Any

from . import strict_json
from .event_packet import EventPacket

PING_SECONDS, PONG_SECONDS = 8, 12
"""A page that vanishes is missed after their sum. The wait is the longer part, to forgive a packet lost twice."""
LARGEST_FRAME = 16_384


def defaults() -> dict[str, Any]:
    """The keyword arguments of `SocketIO.init_app`."""
    return {
        "transports": ["websocket"],
        "ping_interval": PING_SECONDS,
        "ping_timeout": PONG_SECONDS,
        "max_http_buffer_size": LARGEST_FRAME,
        "async_handlers": False,
        "json": strict_json,
        "serializer": EventPacket,
    }
