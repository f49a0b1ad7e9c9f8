"""The lines of a chat: what may be said, and how many lines there is room for. Pure.

A line is a cell `said:<id>`: `{"by", "words", "video_at", "at"}`, and `{"removed", "video_at", "at"}` after an
instructor has removed it. Words are plain text; nothing in them is a link or a picture.
"""

import json
from collections.abc import Mapping
from typing import Any

LONGEST = 280
LINES, LINES_BYTES = 50, 24_000
"""The clock and the leader share the room's 32 KB, and 280 letters of some scripts are over a kilobyte."""
KEPT_SECONDS = 2 * 3600
FAMILY = "said:"


def too_many(cells: Mapping[str, Any], line: Mapping[str, Any]) -> list[str]:
    """The names of the oldest lines, as many as have to go to make room for another one."""
    lines = sorted(
        (name for name in cells if name.startswith(FAMILY)), key=lambda name: cells[name]["at"], reverse=True
    )
    free = LINES_BYTES - _size(line)
    for count, name in enumerate(lines, 1):
        free -= _size(cells[name])
        if free < 0 or count >= LINES:
            return lines[count - 1 :]
    return []


def _size(line: Mapping[str, Any]) -> int:
    return len(FAMILY) + 24 + len(json.dumps(line, ensure_ascii=False).encode())
