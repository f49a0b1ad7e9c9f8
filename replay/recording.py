"""The recording format: changes as a file of lines. `changes(path)` reads it, recording_writer.py writes it.

    {"at":1000.0,"kind":"recording"}
    {"at":1003.5,"kind":"enter","connection":"5f0c/9b…","user":{…},"place":"web/rooms/join","since":1003.5,"status":"active"}
    {"at":1010.2,"kind":"leave","connection":"5f0c/9b…","grace":true}

Each line is a change as change_json.py encodes it, with its time in Unix seconds; the first line says when the
recording began. recorder.py decides what a line may hold. A recording turns a bug report into a failing test:

    for at, change in changes("recording"):
        roster.expire(at)
        roster.apply(change, at)
"""

import json
import logging
from collections.abc import Iterator
from os import PathLike
from typing import Any

from presence.core.change_json import LARGEST_TIME, decode, encode
from presence.core.changes import Activity, Change, Enter, Leave, NodeDown, StudyStatus
from presence.core.room_changes import Joined

logger = logging.getLogger("presence")

HEAD_BYTES = 200
BROKEN = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
RECORDED = (Enter, Leave, Activity, StudyStatus, NodeDown, Joined)
"""What recorder.py writes. Anything else, such as a room's cells, no one has recorded."""


class NoRecording(ValueError):
    """The file is not a recording; the message is a sentence."""


def head(at: float) -> str:
    """The first line of a recording that begins at `at`."""
    return json.dumps({"at": at, "kind": "recording"}, separators=(",", ":")) + "\n"


def line(change: Change, at: float) -> str:
    """The line of a change at `at`."""
    return f'{{"at":{json.dumps(at)},{encode(change)[1:]}\n'


def began(path: str | PathLike[str]) -> float:
    """The Unix time at which a recording began. Raises NoRecording, or OSError for a file that cannot be read."""
    with open(path, "rb") as file:
        first = file.readline(HEAD_BYTES)
    try:
        values = json.loads(first)
        if values["kind"] == "recording":
            return _moment(values)
    except BROKEN:
        pass
    raise NoRecording(f"The file '{path}' is not a recording.")


def changes(path: str | PathLike[str]) -> Iterator[tuple[float, Change]]:
    """Read (time, change) pairs line by line. Raises as `began` does.

    A broken line is skipped with a warning; the last line is broken when the process was killed while writing it.
    """
    began(path)
    return _read(path)


def _moment(values: Any) -> float:
    """The Unix time of a line. Raises ValueError for one that no page could write as a date."""
    at = float(values["at"])
    if not 0 <= at <= LARGEST_TIME:
        raise ValueError(f"{at} is not a time.")
    return at


def _read(path: str | PathLike[str]) -> Iterator[tuple[float, Change]]:
    with open(path, encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, 1):
            try:
                at, change = _moment(json.loads(text)), decode(text)
            except BROKEN:
                logger.warning("Line %d of the recording '%s' is broken and skipped.", number, path)
                continue
            if isinstance(change, RECORDED):
                yield at, change
