"""Positions in the stream, as Redis gives them to entries: `<Unix milliseconds>-<number>`. Pure."""

from ..core.change_json import LARGEST_TIME
from .shared_log import Unreachable

EMPTY_OLDER = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then return 0 end
local time, number = string.match(last[1], '(%d+)-(%d+)')
time, number = tonumber(time) - tonumber(ARGV[1]), tonumber(number) - tonumber(ARGV[2])
if time > 0 or (time == 0 and number >= 0) then return 0 end
return redis.call('DEL', unpack(KEYS))
"""
"""Deletes the keys of a stream that ends before a position: a Redis restored from a copy holds the people and cells of
then, and a process knows how far it has read."""


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
