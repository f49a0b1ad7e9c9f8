"""Appends changes to the log for the code of rooms."""

from collections.abc import Callable
from dataclasses import replace

from ..core.changes import Change, StudyStatus
from ..core.people import Says
from ..core.room_changes import Admit, Put, Stale
from ..core.visibility import appearance
from .actions import HIDDEN
from .attendee import Attendee, calling
from .cells import KEPT_SECONDS, Cell, Cells, LimitExceeded, frozen
from .checks import check_moment, check_put, check_status
from .host import Host
from .loader import asking
from .process import Process
from .rejected import Rejected
from .room import Room

PAUSED = "The live view is paused. Try again in a moment."


class Records:
    """`complain` raises in tests, and logs in service."""

    def __init__(
        self, node: Process, host: Host, append: Callable[[Change], None], complain: Callable[[str], None]
    ) -> None:
        self._node, self._host, self._append, self._complain = node, host, append, complain

    def put(self, put: Put, of: Attendee | None) -> None:
        """Append cells, for two hours unless they say. Raises Rejected for the hidden, and while the log is away."""
        if any(one and one.is_hidden for one in (calling.get(), of)):
            raise Rejected(HIDDEN)
        if self._node.log.disconnected:
            raise Rejected(PAUSED)
        now = self._node.log.now()
        try:
            cells = {name: frozen(name, value) for name, value in put.cells.items()}
            put = replace(put, cells=cells, until=put.until or now + KEPT_SECONDS, made=now, node=self._node.id)
            check_put(put)
            self._check_space(put)
        except LimitExceeded as error:
            self._complain(f"The room {put.room} puts too much: {error}")
            return
        self._append(replace(put, of=of.id, seen=appearance(of.user)) if of else put)

    def refresh(self, room: Room, place: str, at: float | None) -> None:
        if at is None and asking.get() == room.name:
            self._complain(f"The room {room.name} has its cells loaded again while it loads them: it would never end.")
            return
        try:
            check_moment("Cells are loaded again at", at or 0.0)
        except LimitExceeded as error:
            self._complain(f"In the room {room.name}: {error}")
            return
        self._append(Stale(room.name, place, at))

    def admit(self, room: Room, user_id: str, place: str) -> None:
        if asking.get() == room.name:
            self._complain(f"The room {room.name} has its audiences asked for while it answers: it would never end.")
            return
        self._append(Admit(user_id, room.name, place))

    def set_status(self, key: str, says: Says, until: float) -> None:
        try:
            check_moment("A status ends at", until)
            check_status(says)
        except LimitExceeded as error:
            self._complain(str(error))
            return
        with self._node.lock:
            member = self._node.roster.shown(key)
            if member is None:
                return
            connection, user_id, place = next(iter(member.connections)), member.user.id, member.places[0]
        self._append(StudyStatus(connection, user_id, place, says, until))

    def _check_space(self, put: Put) -> None:
        """Raises LimitExceeded when the cells do not fit beside those that are there."""
        live = self._host.live.get((put.room, put.place))
        with self._node.lock:
            trial = live.cells.copy(put.audience) if live else Cells()
        for name, value in put.cells.items():
            new = None if value is None else Cell(value, put.until, put.made)
            if not trial.put(put.audience, name, new, put.keep):
                raise LimitExceeded("An audience has at most 64 cells and 32 KB at one place.")
