"""The metrics of the last ten minutes, kept in memory and read every 5 s, and the event loop's lag.

The lag is measured here and exported as `hub_lag_seconds`: a sleep of one second that takes longer shows how long all
sockets were kept waiting.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator

import socketio
from flask import Flask
from prometheus_client.core import GaugeMetricFamily, Metric

from web import health

logger = logging.getLogger("classroom")

SLEEP_SECONDS, STEP_SECONDS = 1.0, 5
LENGTH = 600 // STEP_SECONDS


class MetricsHistory:
    """`readings` are {metric sample: value}, oldest first. Only a serving program calls `start()`.

    `on_read` is called at each reading, for others that count in the same steps.
    """

    def __init__(self, app: Flask, server: socketio.Server, on_read: Callable[[], None] = lambda: None) -> None:
        self._registry, self._server, self._on_read = health.registry(app), server, on_read
        self._registry.register(self)
        self._lags: deque[float] = deque(maxlen=STEP_SECONDS)
        self._started = False
        self.readings: deque[dict[str, float]] = deque(maxlen=LENGTH + 1)

    def collect(self) -> Iterator[Metric]:
        """Yield the lag as a metric (the interface of a Prometheus collector)."""
        lag = max(self._lags, default=0.0)
        yield GaugeMetricFamily("hub_lag_seconds", "The largest event loop lag of the last five seconds.", lag)

    def start(self) -> None:
        if not self._started:
            self._started = True
            self._server.start_background_task(self._run)

    def read(self) -> None:
        """Append the current metrics. Tests call it directly."""
        samples = (sample for metric in self._registry.collect() for sample in metric.samples)
        self.readings.append({sample.name: sample.value for sample in samples})
        self._on_read()

    def _run(self) -> None:
        sleeps = 0
        while True:
            began = time.monotonic()
            self._server.sleep(SLEEP_SECONDS)
            self._lags.append(max(0.0, time.monotonic() - began - SLEEP_SECONDS))
            sleeps += 1
            if sleeps % STEP_SECONDS == 0:
                self._read_safely()

    def _read_safely(self) -> None:
        try:
            self.read()
        except Exception:
            logger.exception("The metrics could not be read.")
