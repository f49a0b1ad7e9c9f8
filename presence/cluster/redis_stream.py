"""SharedLog on a Redis (or Valkey) stream: four transactions, and nothing else.

    presence:log           stream: one entry per change, trimmed by length and by time; the order and the moment of all
    presence:connections   hash: connection -> its complete Enter, written with the entry that changed it
    presence:cells         hash: the cells of the rooms, see cell_hash.py, written with the entry that put them
    presence:run           a token; another one, or none, means that Redis has lost its data
    presence:node:<node>   a lease; it runs out when its process dies or stands still

Changes are sealed (sealed_changes.py). Every failure is Unreachable: the caller tries again later. A change costs two
commands, one each for stream and hash.
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import redis

from ..change_log import CellId
from ..core.changes import Change, Enter
from ..core.room_changes import Put
from .cell_hash import CELLS, FORGET, entries, field, puts, stamp
from .log_position import EMPTY_OLDER, moment
from .redis_connection import answers, connect
from .sealed_changes import SealedChanges
from .shared_log import LEASE_SECONDS, Entry, Heartbeat, Snapshot, Unreachable

logger = logging.getLogger("presence")

LONGEST = 20_000
KEPT_SECONDS = 60.0
"""A process that has not read an entry by then has lost its lease, and joins again."""
LOG, CONNECTIONS, RUN, NODE = "presence:log", "presence:connections", "presence:run", "presence:node:"


class RedisStream:
    """`unreadable` counts the values of Redis that were passed over."""

    def __init__(self, url: str, node: str, secret: bytes = b"") -> None:
        """Raises ValueError for a URL that cannot be used."""
        self._lease, self._redis, self._sealed = NODE + node, connect(url), SealedChanges(secret)

    @property
    def unreadable(self) -> int:
        return self._sealed.unreadable

    def begin(self, position: str = "0-0") -> Snapshot:
        """Empty a log that ends before `position`, take the lease, and read the snapshot."""
        with self._redis.pipeline() as ask:
            ask.eval(EMPTY_OLDER, 4, LOG, RUN, CONNECTIONS, CELLS, *position.split("-"))
            ask.set(self._lease, 1, px=int(LEASE_SECONDS * 1000))
            ask.set(RUN, secrets.token_hex(8), nx=True)
            ask.get(RUN)
            ask.xrevrange(LOG, count=1)
            ask.hgetall(CONNECTIONS)
            ask.hgetall(CELLS)
            ask.time()
            was_older, *_, run, last, live, cells, now = answers(ask)
        if was_older:
            logger.warning("Redis came back with older data than this process knows; it was emptied.")
        position = last[0][0] if last else "0-0"
        moment(position)
        return Snapshot(_seconds(now), run, position, self._enters(live), puts(cells, self._sealed.read))

    def write(self, entries: Iterable[Entry]) -> None:
        """Append changes, and update the hash with each, all or nothing."""
        with self._redis.pipeline() as ask:
            for change, keep, drop in entries:
                ask.xadd(LOG, {"change": self._sealed.write(change)}, maxlen=LONGEST, approximate=True)
                if keep:
                    ask.hset(CONNECTIONS, keep.connection, self._sealed.write(keep))
                if drop:
                    ask.hdel(CONNECTIONS, *drop)
                if isinstance(change, Put):
                    self._keep_cells(ask, change)
            answers(ask)

    def forget(self, cells: Sequence[CellId]) -> None:
        """Delete cells from their hash, unless they have been set again."""
        with self._redis.pipeline() as ask:
            for room, place, audience, name, made in cells:
                ask.eval(FORGET, 1, CELLS, field(room, place, audience, name), stamp(made))
            answers(ask)

    def read(self, position: str, count: int, seconds: float) -> list[tuple[str, float, Change | None]]:
        """The changes after a position, each with its position and moment; waits at most `seconds` for one."""
        try:
            found: Any = self._redis.xread({LOG: position}, count=count, block=int(seconds * 1000))
        except (redis.RedisError, OSError) as error:
            raise Unreachable(str(error)) from error
        entries = found[0][1] if found else []
        return [(id_, moment(id_), self._sealed.read(values.get("change", ""))) for id_, values in entries]

    def renew(self, others: Iterable[str], probe: str | None = None) -> Heartbeat:
        """Renew the lease, and find the other processes that have lost theirs. The hash should hold `probe`."""
        others = list(others)
        with self._redis.pipeline() as ask:
            ask.exists(self._lease)
            ask.set(self._lease, 1, px=int(LEASE_SECONDS * 1000))
            ask.get(RUN)
            ask.xrange(LOG, count=1)
            ask.time()
            ask.hexists(CONNECTIONS, probe or "")
            for node in others:
                ask.exists(NODE + node)
            held, _, run, first, now, kept, *alive = answers(ask)
        gone = {node for node, lives in zip(others, alive, strict=True) if not lives}
        oldest = first[0][0] if first else None
        if oldest and moment(oldest) < _seconds(now) - 2 * KEPT_SECONDS:
            self._trim(_seconds(now) - KEPT_SECONDS)
        return Heartbeat(_seconds(now), bool(held), run, oldest, gone, bool(kept) or probe is None)

    def evicts(self) -> str:
        """The eviction policy of this Redis if it may drop what is kept here, else "", and "" if it does not say."""
        try:
            policy = str(self._redis.config_get("maxmemory-policy").get("maxmemory-policy", ""))
        except (redis.RedisError, OSError):
            return ""
        return "" if policy == "noeviction" else policy

    def end(self) -> None:
        """Give the lease back, and the connections to Redis."""
        try:
            self._redis.delete(self._lease)
        except (redis.RedisError, OSError) as error:
            raise Unreachable(str(error)) from error
        finally:
            self._redis.close()

    def _trim(self, before: float) -> None:
        """Drop the entries of before a moment, but never the last: a position must not seem to be trimmed away."""
        with self._redis.pipeline() as ask:
            ask.xrevrange(LOG, count=1)
            (last,) = answers(ask)
            ask.xtrim(LOG, minid=min(f"{int(before * 1000)}-0", last[0][0], key=moment), approximate=False)
            answers(ask)

    def _enters(self, texts: dict[str, str]) -> dict[str, Enter]:
        changes = ((connection, self._sealed.read(text)) for connection, text in texts.items())
        return {id_: found for id_, found in changes if isinstance(found, Enter) and found.connection == id_}

    def _keep_cells(self, ask: Any, put: Put) -> None:
        kept, dropped = entries(put, self._sealed.write)
        if kept:
            ask.hset(CELLS, mapping=kept)
        if dropped:
            ask.hdel(CELLS, *dropped)


def _seconds(time: tuple[int, int]) -> float:
    return time[0] + time[1] / 1e6
