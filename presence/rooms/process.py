"""The part of `Node` that rooms use."""

from collections.abc import Callable
from threading import RLock
from typing import Protocol

import socketio

from ..change_log import ChangeLog
from ..core.people import Keys
from ..core.roster import Roster
from ..delivery.broadcast import Broadcast
from ..delivery.ticker import Ticker
from ..transport.hub import Hub


class Signals(Protocol):
    """The way to the other processes; see cluster/redis_signals.py."""

    def start(self) -> None: ...

    def wake(self) -> None: ...


class Process(Protocol):
    """See `Node`, which is one."""

    id: str
    lock: RLock
    clock: Callable[[], float]
    keys: Keys
    roster: Roster
    hub: Hub
    broadcast: Broadcast
    log: ChangeLog
    ticker: Ticker
    server: socketio.Server
    signals: Signals | None

    def connection_id(self, sid: str) -> str: ...

    def flush(self) -> None: ...
