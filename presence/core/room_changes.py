"""The changes of rooms, in the same log as those of presence. Pure."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Joined:
    """A connection has joined a room with people at its place, or (`on` False) left it."""

    connection: str
    room: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Put:
    """Cells of a room at a place, for one audience; a value of None deletes.

    They hold until the moment `until`, and only while their owner `of` is seen as when they were put (`seen`, see
    `appearance`), with `while_here` only while the owner is there. `keep`: of the cells whose names begin alike up to
    the colon, only this many stay, the newest by `made`. `node` is the process that put them.
    """

    room: str
    place: str
    cells: dict[str, Any] = field(default_factory=dict)
    audience: str = ""
    of: str = ""
    seen: str = ""
    while_here: bool = False
    until: float = 0.0
    made: float = 0.0
    keep: int | None = None
    node: str = ""


@dataclass(frozen=True, slots=True)
class Stale:
    """The durable cells of a room at a place have changed in the database, or will change at the moment `on`."""

    room: str
    place: str
    on: float | None = None


@dataclass(frozen=True, slots=True)
class Admit:
    """The audiences of a user in a room at a place may be others."""

    user_id: str
    room: str
    place: str


@dataclass(frozen=True, slots=True)
class Restored:
    """The cells that the log knows, all of them, to a process that has joined it; never an entry of the log itself.

    `lost`: it has forgotten what it knew, so every process has to put its own again.
    """

    cells: tuple[Put, ...]
    lost: bool = False


RoomChange = Joined | Put | Stale | Admit | Restored
