"""The effects of changes on the rooms: a function of the log, as the roster is.

Everything here is called with the node locked, after the roster has taken the same step.
"""

import logging
from collections.abc import Callable

from ..core.changes import Change, Enter, Profile, SignOut
from ..core.people import User
from ..core.places import SITE
from ..core.room_changes import Admit, Joined, Put, Restored, Stale
from ..core.roster import Roster
from .appearances import Appearances
from .cells import Cell, is_sendable
from .host import Host
from .reconcile import reconciled
from .seating import Seating

logger = logging.getLogger("presence")


class Effects:
    """Keeps the rooms of a host true to the log and the roster. `to_append`: what has to be put again."""

    def __init__(self, host: Host, roster: Roster, node: str) -> None:
        self._host, self._roster, self._node = host, roster, node
        self.to_append: list[Put] = []
        self.seating, self._appearances = Seating(host, roster), Appearances(roster)

    def apply(self, change: Change, at: float) -> None:
        self._end_pages(at, change if isinstance(change, Enter) else None)
        if effect := _EFFECTS.get(type(change)):
            effect(self, change, at)

    def expire(self, now: float) -> None:
        """Remove what has ended by `now`, in the log's seconds."""
        self._end_pages(now, None)
        self._appearances.expire(now)
        self.seating.expire(now)
        if not self._host.live:
            self._appearances.clear()

    def _enter(self, change: Enter, at: float) -> None:
        present = self._roster.connections.get(change.connection)
        if present is None:
            return
        self._update(present.user, at)
        if change.rooms is not None:
            self.seating.replace(change.connection, change.rooms, at)

    def _joined(self, change: Joined, at: float) -> None:
        self.seating.apply(change, at)

    def _put(self, change: Put, at: float) -> None:
        room = self._host.registered.get(change.room)
        if room is None or change.until <= at or (change.of and not self._appearances.accepts(change)):
            return
        live = self._host.open(room, change.place)
        for name, value in change.cells.items():
            if not is_sendable(value):
                logger.warning("A cell of the room %s cannot be sent.", change.room)
                continue
            cell = Cell(value, change.until, change.made, change.of, change.while_here, change.node)
            if not live.put_cell(change.audience, name, None if value is None else cell, change.keep):
                logger.warning("The room %s has no space left for a cell.", change.room)
        self._host.mark(live, [change.audience])
        self._host.note_expiry(change.until)
        self._host.tidy(live)

    def _restored(self, change: Restored, at: float) -> None:
        self.to_append += reconciled(self._host, change, self._node, self._appearances)
        for put in change.cells:
            self._put(put, at)
        self._host.make_all_stale()

    def _stale(self, change: Stale, at: float) -> None:
        self._host.make_stale(change.room, change.place)
        if change.on is not None:
            self._host.make_stale_at(change.room, change.place, change.on)

    def _admit(self, change: Admit, at: float) -> None:
        self._host.to_admit[change.user_id, change.room, change.place] = 0.0

    def _profile(self, change: Profile, at: float) -> None:
        self._appearances.remember(change.user, at)
        self._update(change.user, at)

    def _sign_out(self, change: SignOut, at: float) -> None:
        if change.session is None and change.keep is None:
            self._hide(change.user_id)

    def _end_pages(self, at: float, heir: Enter | None) -> None:
        """Take out of their rooms the pages that the roster's last step has ended."""
        for connection, user_id, place in self._roster.take_gone():
            is_back = heir and heir.connection != connection and (heir.user.id, heir.place) == (user_id, place)
            self.seating.end_page(connection, at, heir.connection if heir and is_back else None)
            self._leave(user_id, place)

    def _leave(self, user_id: str, place: str) -> None:
        """Delete the cells that a user has only while they are at a place, or on the site, and who is there no more."""
        member = self._roster.members.get(user_id)
        if member and place in (*member.places, SITE):
            return
        for left in {place} if member else {place, SITE}:
            for live in self._host.here(left):
                self._host.mark(live, live.cells.leave(user_id))

    def _update(self, user: User, at: float) -> None:
        """Show a user everywhere as they are now; what they were must not be linked to it."""
        if self._appearances.has_changed(user):
            self._hide(user.id)
        self.seating.update(user, at)

    def _hide(self, user_id: str) -> None:
        """Delete all cells of a user."""
        self._appearances.forget(user_id)
        for live in self._host.live.values():
            if audiences := live.cells.hide(user_id):
                self._host.exposed.update(self._host.mark(live, audiences))


_EFFECTS: dict[type, Callable[..., None]] = {
    Enter: Effects._enter,
    Joined: Effects._joined,
    Put: Effects._put,
    Restored: Effects._restored,
    Stale: Effects._stale,
    Admit: Effects._admit,
    Profile: Effects._profile,
    SignOut: Effects._sign_out,
}
