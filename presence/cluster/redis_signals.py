"""Signals between processes, by Redis pub/sub: one task publishes, one subscribes. Without Redis they are lost."""

import logging
from collections.abc import Callable
from threading import Lock

import redis
import socketio

from .redis_connection import ANSWER_SECONDS, connect

logger = logging.getLogger("presence")

CHANNEL = "presence:signals"
TICK_SECONDS, RETRY_SECONDS = 0.1, 1.0


class RedisSignals:
    """`take` gives the message to send, None for none; `receive` is called with each that comes."""

    def __init__(
        self, server: socketio.Server, url: str, take: Callable[[], str | None], receive: Callable[[str], None]
    ) -> None:
        """Raises ValueError for a URL that cannot be used."""
        self._server, self._take, self._receive = server, take, receive
        self._redis = connect(url)
        self._wake = server.eio.create_event()
        self._starting, self._started, self._stopped = Lock(), False, False

    def start(self) -> None:
        """Begin to publish and to subscribe, unless it has begun."""
        with self._starting:
            begun, self._started = self._started, True
        if not begun:
            self._server.start_background_task(self._run_sender)
            self._server.start_background_task(self._run_listener)

    def wake(self) -> None:
        """There is a message to publish."""
        self._wake.set()

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()
        self._redis.close()

    def _run_sender(self) -> None:
        while not self._stopped:
            self._wake.wait(RETRY_SECONDS)
            self._wake.clear()
            try:
                while message := self._take():
                    self._redis.publish(CHANNEL, message)
                    self._server.sleep(TICK_SECONDS)
            except (redis.RedisError, OSError):
                self._server.sleep(RETRY_SECONDS)

    def _run_listener(self) -> None:
        while not self._stopped:
            try:
                self._listen()
            except (redis.RedisError, OSError):
                self._server.sleep(RETRY_SECONDS)
            except Exception:
                logger.exception("A signal of another process could not be read.")
                self._server.sleep(RETRY_SECONDS)

    def _listen(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]
            channel.subscribe(CHANNEL)
            while not self._stopped:
                # Shorter than the connection's own timeout, which would end it.
                message = channel.get_message(timeout=ANSWER_SECONDS / 2)
                if message and message["type"] == "message":
                    self._receive(message["data"])
