"""The hash of the rooms' cells: everything a starting process has to know of them. Pure.

    presence:cells   hash: [room, place, audience, name] -> when the cell was made, and the Put that says all of it

A cell that goes by itself (at its time, with its owner, with the last reader) is gone in every process at the same
point of the log, so each of them deletes it here; but only if it is still the one that has gone.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from ..core.change_json import decode, encode
from ..core.changes import Change
from ..core.room_changes import Put

CELLS = "presence:cells"
FORGET = """
local cell = redis.call('HGET', KEYS[1], ARGV[1])
if cell and string.sub(cell, 1, string.len(ARGV[2])) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0
"""


def field(room: str, place: str, audience: str, name: str) -> str:
    return json.dumps([room, place, audience, name], separators=(",", ":"))


def stamp(made: float) -> str:
    """The beginning of the text of a cell that was set at a moment."""
    return f"{made!r} "


def entries(put: Put, write: Callable[[Change], str] = encode) -> tuple[dict[str, str], list[str]]:
    """The fields that a Put sets, with their texts as `write` makes them, and those that it deletes."""
    fields = {name: field(put.room, put.place, put.audience, name) for name in put.cells}
    texts = {name: stamp(put.made) + write(replace(put, cells={name: value})) for name, value in put.cells.items()}
    kept = {fields[name]: texts[name] for name, value in put.cells.items() if value is not None}
    return kept, [fields[name] for name, value in put.cells.items() if value is None]


def puts(texts: Mapping[str, str], read: Callable[[str], Change | None] = decode) -> tuple[Put, ...]:
    """The cells of the hash, the oldest first; `read` returns None for a text to pass over."""
    decoded = (read(text.partition(" ")[2]) for text in texts.values())
    return tuple(sorted((put for put in decoded if isinstance(put, Put)), key=lambda put: put.made))
