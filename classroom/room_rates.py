"""The live rooms on the system page, with how many signals each takes a second."""

from collections.abc import Callable
from dataclasses import dataclass

from presence.rooms import RoomRow

from .metrics_history import STEP_SECONDS

Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class RatedRoom:
    row: RoomRow
    signals_per_second: float

    @property
    def room(self) -> str:
        return self.row.room

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Each number and its name; a dash for what the room does not tell."""
        numbers = (
            ("people", self.row.people),
            ("cells", self.row.cells),
            ("sequence", self.row.seq),
            ("signals/s", self.signals_per_second),
            ("drops", self.row.dropped),
        )
        return [(name, "–" if number is None else f"{number:.1f}".removesuffix(".0")) for name, number in numbers]


class RoomRates:
    """Compares the last two readings. `overview` asks presence for the rows."""

    def __init__(self, overview: Callable[[], list[RoomRow]]) -> None:
        self._overview = overview
        self._before: Counts = {}
        self._last: Counts = {}

    def read(self) -> None:
        """Count the signals again; once every STEP_SECONDS."""
        self._before, self._last = self._last, {(row.room, row.place): row.signals for row in self._overview()}

    def rows(self) -> list[RatedRoom]:
        return [RatedRoom(row, self._growth((row.room, row.place)) / STEP_SECONDS) for row in self._overview()]

    def _growth(self, key: tuple[str, str]) -> int:
        # A room that was left and opened again counts from the start.
        return max(0, self._last.get(key, 0) - self._before.get(key, 0))
