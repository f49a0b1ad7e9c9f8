"""The connection to Redis (or Valkey): short waits, and no retries of its own."""

from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .shared_log import Unreachable

ANSWER_SECONDS = 2.0
"""The longest that Redis may take to answer. A read waits less than that."""


def connect(url: str) -> redis.Redis:
    """Connect with the first command. Raises ValueError for a URL that cannot be used."""
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        encoding_errors="replace",
        protocol=2,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS / 2,
        retry=Retry(NoBackoff(), 0),
    )


def answers(transaction: redis.client.Pipeline) -> list[Any]:
    """The answers to all commands of a transaction. Raises Unreachable."""
    try:
        found: list[Any] = transaction.execute()
        return found
    except (redis.RedisError, OSError) as error:
        raise Unreachable(str(error)) from error
