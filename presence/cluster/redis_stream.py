"""The log in Redis (or Valkey): four transactions, and nothing else, that a process has with it.

    presence:log           stream: one entry a change, trimmed to about LONGEST; the order and the moment of all changes
    presence:connections   hash: connection -> the enter that says all of it, written with the entry that changed it
    presence:run           a token; another one, or none, means that Redis has lost what it knew
    presence:node:<node>   a lease; it runs out when its process dies or stands still

Whatever fails is Away: the caller asks again later. Commands a change: one for the stream, one for the hash.
"""

import secrets
from collections.abc import Iterable
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..core.change_json import decode, encode
from ..core.changes import Change, Enter
from .shared_log import LEASE_SECONDS, Away, Entry, Pulse, Snapshot

ANSWER_SECONDS = 2.0
"""So long may Redis take to answer. A read waits less than that."""
LONGEST = 20_000
LOG, CONNECTIONS, RUN, NODE = "presence:log", "presence:connections", "presence:run", "presence:node:"


class Stream:
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
        """Take the lease, and read what is known."""
        with self._transaction() as ask:
            ask.set(self._lease, 1, px=int(LEASE_SECONDS * 1000))
            ask.set(RUN, secrets.token_hex(8), nx=True)
            ask.get(RUN)
            ask.xrevrange(LOG, count=1)
            ask.hgetall(CONNECTIONS)
            ask.time()
            *_, run, last, live, now = _answers(ask)
        return Snapshot(_seconds(now), run, last[0][0] if last else "0-0", _enters(live))

    def write(self, entries: Iterable[Entry]) -> None:
        """Append changes, and with each what the hash has to say, all or nothing."""
        with self._transaction() as ask:
            for change, keep, drop in entries:
                ask.xadd(LOG, {"change": encode(change)}, maxlen=LONGEST, approximate=True)
                if keep:
                    ask.hset(CONNECTIONS, keep.connection, encode(keep))
                if drop:
                    ask.hdel(CONNECTIONS, *drop)
            _answers(ask)

    def read(self, position: str, count: int, seconds: float) -> list[tuple[str, float, Change | None]]:
        """The changes after a position, each with its position and moment; waits for one up to so many seconds."""
        try:
            found: Any = self._redis.xread({LOG: position}, count=count, block=int(seconds * 1000))
        except (redis.RedisError, OSError) as error:
            raise Away(str(error)) from error
        entries = found[0][1] if found else []
        return [(id_, int(id_.split("-")[0]) / 1000, decode(values["change"])) for id_, values in entries]

    def renew(self, others: Iterable[str]) -> Pulse:
        """Renew the lease, and see which of the other processes have lost theirs."""
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
        return Pulse(_seconds(now), bool(held), run, first[0][0] if first else None, gone)

    def end(self) -> None:
        """Give the lease back, and the connections to Redis."""
        try:
            self._redis.delete(self._lease)
        except (redis.RedisError, OSError) as error:
            raise Away(str(error)) from error
        finally:
            self._redis.close()

    def _transaction(self):
        return self._redis.pipeline(transaction=True)


def _answers(ask) -> list:
    try:
        return ask.execute()
    except (redis.RedisError, OSError) as error:
        raise Away(str(error)) from error


def _enters(texts: dict[str, str]) -> dict[str, Enter]:
    changes = {connection: decode(text) for connection, text in texts.items()}
    return {connection: change for connection, change in changes.items() if isinstance(change, Enter)}


def _seconds(time: tuple[int, int]) -> float:
    return time[0] + time[1] / 1e6
