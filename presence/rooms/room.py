"""The class that a site derives its own rooms from. It keeps nothing itself: one object serves all places."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.payloads import Json
from ..core.people import Person, Says
from ..core.places import Place
from ..core.room_changes import Put
from .attendee import Attendee
from .decorators import MARK, Call, Signal, is_positive

if TYPE_CHECKING:
    from ..extension import Presence


NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
LONGEST_TICK = 60.0


class Room:
    """Derive from it, and make one object: `Lamp(presence)`."""

    name: str
    has_people = False
    cap: int | None = None
    tick = 0.1

    def __init__(self, presence: "Presence") -> None:
        """Register the room. Raises ValueError, with a sentence, for a room that cannot work."""
        self._rooms = presence.rooms
        marks = [getattr(getattr(type(self), name, None), MARK, None) for name in dir(type(self))]
        self.calls = {mark.name: mark for mark in marks if isinstance(mark, Call)}
        self.signals = {mark.name: mark for mark in marks if isinstance(mark, Signal)}
        self._check()
        self._rooms.register(self)

    def opens_at(self, place: Place) -> bool:
        """Whether a place has this room; lessons have."""
        return place.path.count("/") == 2

    def load(self, place: str, audience: str) -> dict[str, Json]:
        """The durable cells. It may ask the database; call `refresh` when it would answer differently."""
        return {}

    def audiences(self, who: Attendee) -> Iterable[str]:
        """The audiences that someone is in, besides "", where everyone is. It may ask the database."""
        return ()

    def put(
        self,
        place: str,
        cells: dict[str, Json] | None = None,
        *,
        audience: str = "",
        of: Attendee | None = None,
        while_here: bool = False,
        until: float | None = None,
        keep: int | None = None,
        **named: Json,
    ) -> None:
        """Set cells for everyone in an audience; None deletes one.

        Those for a named audience at the place "" reach its people wherever they are.
        A cell that is `of` someone is deleted when they become less visible, with `while_here` also when they leave
        the place, or for a cell at "" the site. It ends at the moment `until`, in Unix seconds, or after two hours.
        `keep=50` keeps the newest 50 of the cells whose names begin alike up to the colon. Raises Rejected while the
        live view is paused, and for what someone hidden does.
        """
        values = {**(cells or {}), **named}
        put = Put(self.name, place, values, audience, while_here=while_here, until=until or 0.0, keep=keep)
        self._rooms.records.put(put, of)

    def ended(self, place: str, audience: str, name: str, value: Json) -> None:
        """A cell has ended by itself: in time, or with its owner. Every process calls this, so twice must be once."""

    def set_status(self, key: str, says: Says, until: float = 0.0) -> None:
        """Set the study status of someone who is visible to everyone, until Unix seconds `until`; "" clears it."""
        self._rooms.records.set_status(key, says, until)

    def refresh(self, place: str, at: float | None = None) -> None:
        """Load the durable cells of a place again, in every process; and once more `at` a moment in Unix seconds."""
        self._rooms.records.refresh(self, place, at)

    def admit(self, user_id: str, place: str) -> None:
        """Ask `audiences` again for all pages that a user has at a place, in every process."""
        self._rooms.records.admit(self, str(user_id), place)

    def tell(self, place: str, **signals: Json) -> None:
        """Send signals of the server's own. They are volatile, as all signals are."""
        self._rooms.tell(self, place, signals)

    def now(self) -> float:
        """The moment in Unix seconds, by the clock that all processes share."""
        return self._rooms.lookup.now()

    def person(self, key: str) -> Person | None:
        """The person with a key, wherever they are; None unless they are here, and visible to everyone."""
        return self._rooms.lookup.person(key)

    def attendee(self, key: str) -> Attendee | None:
        """The same user in the form that a cell's `of` takes."""
        return self._rooms.lookup.attendee(key)

    def cells(self, place: str, audience: str = "") -> dict[str, Json]:
        """The cells that hold now, for the first paint of a page."""
        return self._rooms.lookup.cells(self, place, audience)

    def total(self, place: str) -> int:
        """The number of people who have joined, as others may know."""
        return self._rooms.lookup.total(self, place)

    def _check_numbers(self) -> None:
        if not is_positive(self.tick) or self.tick > LONGEST_TICK:
            raise ValueError(f"The tick of {self.name} is in seconds, at most {LONGEST_TICK:g}, not {self.tick!r}.")
        if self.cap is not None and not (type(self.cap) is int and self.cap >= 0):
            raise ValueError(f"The cap of {self.name} is a whole number of people, or None, not {self.cap!r}.")

    def _check(self) -> None:
        name = getattr(self, "name", None)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise ValueError(f"The name of a room is 2 to 31 of a-z, 0-9 and -, a letter first, not {name!r}.")
        self._check_numbers()
        for signal_name, one in self.signals.items():
            if one.merge not in ("latest", "sum"):
                raise ValueError(f"{name}.{signal_name} merges the 'latest' or a 'sum', not {one.merge!r}.")
            if one.merge == "latest" and not self.has_people:
                raise ValueError(f"{name}.{signal_name} is told by slot, so the room needs has_people = True.")
            if len(one.schema.parameters) != 1:
                raise ValueError(f"{name}.{signal_name} takes who and one value.")
        for call_name, mark in self.calls.items():
            if mark.open_to not in ("shown", "counted", "signed in"):
                raise ValueError(
                    f"{name}.{call_name} is open to 'shown', 'counted' or 'signed in', not {mark.open_to!r}."
                )
