"""SharedLog on a Redis (or Valkey) stream: four transactions, and nothing else.

    presence:log           stream: one entry a change, trimmed to about LONGEST; the order and the moment of all changes
    presence:connections   hash: connection -> its complete Enter, written with the entry that changed it
    presence:cells         hash: the cells of the rooms, see cell_hash.py, written with the entry that put them
    presence:run           a token; another one, or none, means that Redis has lost its data
    presence:node:<node>   a lease; it runs out when its process dies or stands still

Every failure is Unreachable: the caller tries again later. A change costs two commands, one each for stream and hash.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..change_log import CellId
from ..core.change_json import decode, encode
from ..core.changes import Change, Enter, Put
from .cell_hash import CELLS, FORGET, entries, field, puts, stamp
from .shared_log import LEASE_SECONDS, Entry, Heartbeat, Snapshot, Unreachable

ANSWER_SECONDS = 2.0
"""The longest that Redis may take to answer. A read waits less than that."""
LONGEST = 20_000
LOG, CONNECTIONS, RUN, NODE = "presence:log", "presence:connections", "presence:run", "presence:node:"


class RedisStream:
    def __init__(self, url: str, node: str) -> None:
        """Raises ValueError for a URL that cannot be used."""
        self._lease = NODE + node
        self._redis = redis.Redis.from_url(
            url,
            decode_responses=True,
            protocol=2,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS / 2,
            retry=Retry(NoBackoff(), 0),
        )

    def begin(self) -> Snapshot:
        """Take the lease, and read the snapshot."""
        with self._transaction() as ask:
            ask.set(self._lease, 1, px=int(LEASE_SECONDS * 1000))
            ask.set(RUN, secrets.token_hex(8), nx=True)
            ask.get(RUN)
            ask.xrevrange(LOG, count=1)
            ask.hgetall(CONNECTIONS)
            ask.hgetall(CELLS)
            ask.time()
            *_, run, last, live, cells, now = _answers(ask)
        return Snapshot(_seconds(now), run, last[0][0] if last else "0-0", _enters(live), puts(cells))

    def write(self, entries: Iterable[Entry]) -> None:
        """Append changes, and update the hash with each, all or nothing."""
        with self._transaction() as ask:
            for change, keep, drop in entries:
                ask.xadd(LOG, {"change": encode(change)}, maxlen=LONGEST, approximate=True)
                if keep:
                    ask.hset(CONNECTIONS, keep.connection, encode(keep))
                if drop:
                    ask.hdel(CONNECTIONS, *drop)
                if isinstance(change, Put):
                    _keep_cells(ask, change)
            _answers(ask)

    def forget(self, cells: Sequence[CellId]) -> None:
        """Delete cells from their hash, those that are still the ones which have gone."""
        with self._transaction() as ask:
            for room, place, audience, name, made in cells:
                ask.eval(FORGET, 1, CELLS, field(room, place, audience, name), stamp(made))
            _answers(ask)

    def read(self, position: str, count: int, seconds: float) -> list[tuple[str, float, Change | None]]:
        """The changes after a position, each with its position and moment; waits for one up to so many seconds."""
        try:
            found: Any = self._redis.xread({LOG: position}, count=count, block=int(seconds * 1000))
        except (redis.RedisError, OSError) as error:
            raise Unreachable(str(error)) from error
        entries = found[0][1] if found else []
        return [(id_, int(id_.split("-")[0]) / 1000, decode(values["change"])) for id_, values in entries]

    def renew(self, others: Iterable[str]) -> Heartbeat:
        """Renew the lease, and find the other processes that have lost theirs."""
        others = list(others)
        with self._transaction() as ask:
            ask.exists(self._lease)
            ask.set(self._lease, 1, px=int(LEASE_SECONDS * 1000))
            ask.get(RUN)
            ask.xrange(LOG, count=1)
            ask.time()
            for node in others:
                ask.exists(NODE + node)
            held, _, run, first, now, *alive = _answers(ask)
        gone = {node for node, lives in zip(others, alive, strict=True) if not lives}
        return Heartbeat(_seconds(now), bool(held), run, first[0][0] if first else None, gone)

    def end(self) -> None:
        """Give the lease back, and the connections to Redis."""
        try:
            self._redis.delete(self._lease)
        except (redis.RedisError, OSError) as error:
            raise Unreachable(str(error)) from error
        finally:
            self._redis.close()

    def _transaction(self) -> Any:
        return self._redis.pipeline(transaction=True)


def _keep_cells(ask: Any, put: Put) -> None:
    kept, dropped = entries(put)
    if kept:
        ask.hset(CELLS, mapping=kept)
    if dropped:
        ask.hdel(CELLS, *dropped)


def _answers(ask: Any) -> list[Any]:
    try:
        answers: list[Any] = ask.execute()
        return answers
    except (redis.RedisError, OSError) as error:
        raise Unreachable(str(error)) from error


def _enters(texts: dict[str, str]) -> dict[str, Enter]:
    changes = {connection: decode(text) for connection, text in texts.items()}
    return {connection: change for connection, change in changes.items() if isinstance(change, Enter)}


def _seconds(time: tuple[int, int]) -> float:
    return time[0] + time[1] / 1e6
