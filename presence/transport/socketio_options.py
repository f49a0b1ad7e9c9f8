"""The options of Socket.IO that presence needs."""

from typing import Any

from . import strict_json, versions
from .event_packet import EventPacket
from .socket_manager import SocketManager

PING_SECONDS, PONG_SECONDS = 8, 12
"""A page that vanishes is missed after their sum. The wait is the longer part, to forgive a packet lost twice."""
LARGEST_FRAME = 16_384


def complete(options: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `SocketIO.init_app`: the given ones, over the defaults that presence needs."""
    # A queue brings a manager of its own.
    manager = {"client_manager": SocketManager()} if versions.are_known() and "message_queue" not in options else {}
    return _defaults() | manager | options


def _defaults() -> dict[str, Any]:
    return {
        "transports": ["websocket"],
        "ping_interval": PING_SECONDS,
        "ping_timeout": PONG_SECONDS,
        "max_http_buffer_size": LARGEST_FRAME,
        "async_handlers": False,
        "json": strict_json,
        "serializer": EventPacket,
    }
