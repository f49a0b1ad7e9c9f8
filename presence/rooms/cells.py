"""The cells that a room's code has put at one place, by audience. Pure.

They live until a moment, until their owner becomes less visible, or (`while_here`) until their owner leaves. The limits
keep a room from filling the memory of every process, and the frames of everyone who joins.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..core.payloads import Json
from ..transport import strict_json

CELL_BYTES = 2048
CELLS = 64
AUDIENCE_BYTES = 32 * 1024
KEPT_SECONDS = 7200.0


class LimitExceeded(ValueError):
    """The room's own code asks for more than a room may hold; the message says which limit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `owner` is the id of the user it is of, "" for none; `made` orders the cells of one family.

    `node` is the process that put it."""

    value: Json
    until: float
    made: float = 0.0
    owner: str = ""
    while_here: bool = False
    node: str = ""


class Cells:
    """Cells by audience and name. Every method that removes returns the audiences that have changed.

    `on_gone(audience, name, cell)` is called with each cell that ends by itself.
    """

    __slots__ = ("_of", "_on_gone")

    def __init__(self, on_gone: Callable[[str, str, Cell], None] = lambda *_: None) -> None:
        self._of: dict[str, dict[str, Cell]] = {}
        self._on_gone = on_gone

    def __bool__(self) -> bool:
        return bool(self._of)

    def __iter__(self) -> Iterator[tuple[str, str, Cell]]:
        return iter([(audience, name, cell) for audience, cells in self._of.items() for name, cell in cells.items()])

    def copy(self, audience: str) -> "Cells":
        """A copy of one audience's cells, to try something out."""
        copy = Cells()
        copy._of[audience] = dict(self._of.get(audience, {}))
        return copy

    def values(self, audience: str) -> dict[str, Json]:
        """The values of one audience, by name."""
        return {name: cell.value for name, cell in self._of.get(audience, {}).items()}

    def put(self, audience: str, name: str, cell: Cell | None, keep: int | None = None) -> bool:
        """Set a cell, or delete it (None). Returns False for one that no longer fits."""
        cells = self._of.setdefault(audience, {})
        before = cells.pop(name, None)
        if cell is not None:
            cells[name] = cell
            self._trim(audience, name, keep)
        fits = is_within_limits({name: one.value for name, one in cells.items()})
        if not fits:
            cells.pop(name, None)
            cells |= {name: before} if before else {}
        if not cells:
            del self._of[audience]
        return fits

    def expire(self, now: float) -> set[str]:
        """Remove the cells whose time is over."""
        return self._remove(lambda cell: cell.until <= now)

    def next_expiry(self) -> float | None:
        return min((cell.until for _, _, cell in self), default=None)

    def hide(self, user_id: str) -> set[str]:
        """Remove the cells of a user who has become less visible."""
        return self._remove(lambda cell: cell.owner == user_id)

    def leave(self, user_id: str) -> set[str]:
        """Remove the cells that a user has only while they are here."""
        return self._remove(lambda cell: cell.while_here and cell.owner == user_id)

    def clear(self) -> set[str]:
        return self._remove(lambda cell: True)

    def _trim(self, audience: str, name: str, keep: int | None) -> None:
        if keep is None:
            return
        cells = self._of[audience]
        family = [one for one in cells if one.partition(":")[0] == name.partition(":")[0]]
        for old in sorted(family, key=lambda one: (cells[one].made, one))[: max(0, len(family) - keep)]:
            self._on_gone(audience, old, cells.pop(old))

    def _remove(self, is_gone: Callable[[Cell], bool]) -> set[str]:
        gone = [(audience, name) for audience, name, cell in self if is_gone(cell)]
        for audience, name in gone:
            self._on_gone(audience, name, self._of[audience].pop(name))
            if not self._of[audience]:
                del self._of[audience]
        return {audience for audience, _ in gone}


def frozen(name: str, value: Json) -> Json:
    """A copy of a value as JSON reads it. Raises LimitExceeded for one that is too long, or no JSON at all."""
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        size = len(text.encode()) + len(name.encode())
        value = strict_json.copy(json.loads(text))
    except (TypeError, ValueError, RecursionError, AttributeError) as error:
        raise LimitExceeded(f"The cell {name!r} is not JSON: {error}") from None
    if size > CELL_BYTES:
        raise LimitExceeded(f"The cell {name[:50]!r} has {size} bytes; at most {CELL_BYTES}.")
    return value


def is_sendable(value: Json) -> bool:
    """Whether a frame can hold a value, which may come from another process."""
    try:
        strict_json.copy(value)
    except (TypeError, ValueError):
        return False
    return True


def is_within_limits(cells: Mapping[str, Json]) -> bool:
    """Whether one audience may have all these cells."""
    return len(cells) <= CELLS and sum(map(_size, cells.items())) <= AUDIENCE_BYTES


def bounded(cells: Mapping[str, Json]) -> dict[str, Json]:
    """As many of the cells, the first ones first, as one audience may have."""
    kept: dict[str, Json] = {}
    free = AUDIENCE_BYTES
    for name, value in list(cells.items())[:CELLS]:
        free -= _size((name, value))
        if free >= 0:
            kept[name] = value
    return kept


def _size(cell: tuple[str, Json]) -> int:
    name, value = cell
    return len(name.encode()) + len(json.dumps(value, ensure_ascii=False).encode())
