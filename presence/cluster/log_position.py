"""Positions in the stream, as Redis gives them to entries: `<Unix milliseconds>-<number>`. Pure."""

from ..core.change_json import LARGEST_TIME
from .shared_log import Unreachable


def moment(position: str) -> float:
    """The Unix time of a position. Raises Unreachable for one that is not a time.

    Redis never gives a lower position again, so every entry after such a one would be unreadable.
    """
    found = int(position.split("-")[0]) / 1000
    if found > LARGEST_TIME:
        raise Unreachable(f"presence:log holds the position {position}, which is not a time. Delete presence:log.")
    return found


def is_trimmed(position: str, first: str | None) -> bool:
    """Return whether entries after `position` were trimmed before they were read; `first` is the oldest left."""
    return first is not None and position != "0-0" and _numbers(position) < _numbers(first)


def _numbers(position: str) -> list[int]:
    return [int(part) for part in position.split("-")]
