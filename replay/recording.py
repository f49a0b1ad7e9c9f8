"""A recording: what has happened, as a file of lines. `changes(path)` reads it, recording_file.py writes it.

    {"at":1000.0,"kind":"recording"}
    {"at":1003.5,"kind":"enter","connection":"5f0c/9b…","user":{…},"place":"web/rooms/join","since":1003.5,"status":"active"}
    {"at":1010.2,"kind":"leave","connection":"5f0c/9b…","grace":true}

Each line is a change as record.py has it, with its moment in Unix seconds; the first says when the recording began.
What may stand in a line, and what never does, is in recorder.py. So a report of a bug becomes a test that fails:

    for at, change in changes("recording"):
        roster.expire(at)
        roster.apply(change, at)
"""

import json
import logging
import math
from collections.abc import Iterator
from dataclasses import fields
from os import PathLike

from presence.core.change_json import decode, encode
from presence.core.changes import Change
from presence.core.people import User

log = logging.getLogger("presence")

HEAD_BYTES = 200


class NoRecording(ValueError):
    """A file that is something else; the message is a sentence."""


def head(at: float) -> str:
    """The first line of a recording that begins now."""
    return json.dumps({"at": at, "kind": "recording"}, separators=(",", ":")) + "\n"


def line(change: Change, at: float) -> str:
    """The line that tells of a change."""
    return f'{{"at":{json.dumps(at)},{encode(change)[1:]}\n'


def began(path: str | PathLike) -> float:
    """When the recording in a file began. Raises NoRecording, and OSError for a file that cannot be read."""
    with open(path, "rb") as file:
        first = file.readline(HEAD_BYTES)
    try:
        values = json.loads(first)
        if values["kind"] == "recording":
            return float(values["at"])
    except (ValueError, LookupError, TypeError):
        pass
    raise NoRecording(f"The file '{path}' is no recording.")


def changes(path: str | PathLike) -> Iterator[tuple[float, Change]]:
    """The changes in a file with their moments, read line by line. Raises as `began` does.

    A line that is broken, as the last one is when the process was killed over it, is passed over, and the log says so.
    """
    began(path)
    return _read(path)


def _read(path) -> Iterator[tuple[float, Change]]:
    with open(path, encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, 1):
            try:
                at, change = float(json.loads(text)["at"]), decode(text)
                if not math.isfinite(at) or change and not _is_sound(change):
                    raise ValueError(text)
            except (ValueError, LookupError, TypeError, AttributeError):
                log.warning("Line %d of the recording '%s' is broken and passed over.", number, path)
                continue
            if change:
                yield at, change


def _is_sound(record) -> bool:
    """Whether a record holds what it should: a recording comes from anybody, and a roster believes what it is given."""
    values = [(getattr(record, field.name), field.type) for field in fields(record)]
    return all(
        isinstance(value, kind)  # type: ignore[arg-type]
        and (not isinstance(value, float) or math.isfinite(value))
        and (not isinstance(value, User) or _is_sound(value))
        for value, kind in values
    )
