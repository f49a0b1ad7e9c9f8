"""The published cells and people of one audience of a room at one place: a state, then diffs. Pure.

`publish()` compares what holds now with what was published before, as a topic does: the latest value wins, and a change
that alters nothing makes no diff. A board counts its diffs only while a counted person is subscribed;
otherwise the next one to join would see how much happened while only hidden people watched.

    state   {"epoch", "seq", "cells": {name: value}, "people": {slot: Face or null}, "total": n}
    diff    {"epoch", "seq", "cells": {name: value or null}, "people": {…}, "left": [slot], "total": n}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..core.payloads import Json
from ..core.people import Face


@dataclass(frozen=True)
class People:
    """The people of a room as others may know them: faces by slot (None: no name), and how many there are."""

    faces: Mapping[int, Face | None]
    total: int


class Numbering:
    """The epoch of this process, and the highest sequence number of the boards that are no longer counted.

    A new board goes on above it, so that no page can take its diffs for old ones.
    """

    def __init__(self, epoch: str) -> None:
        self.epoch, self.last = epoch, 0

    def keep(self, seq: int) -> None:
        self.last = max(self.last, seq)


class Board:
    """State and diffs of one audience. `people` is None in all but that of everyone, and in rooms without people."""

    __slots__ = ("_cells", "_faces", "_total", "epoch", "seq")

    def __init__(self, epoch: str, seq: int) -> None:
        self.epoch, self.seq = epoch, seq
        self._cells: dict[str, Json] = {}
        self._faces: dict[int, Face | None] = {}
        self._total: int | None = None

    @property
    def cells(self) -> dict[str, Json]:
        """The cells as they were published last."""
        return dict(self._cells)

    def state(self) -> dict[str, Json]:
        """Everything published so far."""
        people = {} if self._total is None else {"people": _by_text(self._faces), "total": self._total}
        return {"epoch": self.epoch, "seq": self.seq, "cells": self.cells, **people}

    def publish(
        self, cells: Mapping[str, Json], people: People | None = None, is_noticed: bool = True
    ) -> dict[str, Json] | None:
        """Publish what holds now. Returns the diff, or None when nothing has changed.

        Not noticed by anyone (`is_noticed`), the same change keeps the sequence number: send it as a state.
        """
        changed = self._changed_cells(cells) | self._changed_people(people)
        if not changed:
            return None
        self.seq += is_noticed
        return {"epoch": self.epoch, "seq": self.seq, **changed}

    def _changed_cells(self, cells: Mapping[str, Json]) -> dict[str, Json]:
        before, self._cells = self._cells, dict(cells)
        changed = {name: value for name, value in cells.items() if name not in before or not same(before[name], value)}
        changed |= dict.fromkeys(before.keys() - cells.keys())
        return {"cells": changed} if changed else {}

    def _changed_people(self, people: People | None) -> dict[str, Json]:
        if people is None:
            return {}
        before, self._faces = self._faces, dict(people.faces)
        changed = {slot: face for slot, face in people.faces.items() if slot not in before or before[slot] != face}
        left = sorted(before.keys() - people.faces.keys())
        parts: dict[str, Any] = {"people": _by_text(changed)} if changed else {}
        parts |= {"left": left} if left else {}
        if people.total != self._total:
            # The first one is sent as well: it shows that the room has people, if none yet.
            parts["total"] = self._total = people.total
        return parts


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are the same. To Python 1, 1.0 and True are; to a page they are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def _by_text(faces: Mapping[int, Face | None]) -> dict[str, Face | None]:
    """Slots as JSON has them: the names of an object are texts."""
    return {str(slot): face for slot, face in sorted(faces.items())}
