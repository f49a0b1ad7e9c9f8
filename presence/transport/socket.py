"""One open socket of this process: whose it is, where it is, and what it is subscribed to."""

from dataclasses import dataclass, field
from typing import Any

from ..core.people import ActivityStatus, User
from .rate_limit import EventRateLimit


@dataclass(slots=True)
class Socket:
    """`topics` are those it is subscribed to; empty until it has entered a place.

    `status` is the last one it sent, which it may send before it has entered; `resynced` are the epoch and seq of the
    states that it has asked for; `rooms` are those that it has joined at its place, by name, and what it has there.
    """

    sid: str
    engine_sid: str
    user: User
    rate_limit: EventRateLimit
    environ: dict[str, Any]
    place: str | None = None
    status: ActivityStatus | None = None
    topics: tuple[str, ...] = ()
    resynced: dict[str, tuple[str, int]] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)
    signed_out: bool = False
