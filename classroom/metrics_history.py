"""What this process did in the last ten minutes, kept in memory: the metrics every 5 s, and how late its loop is.

The lag of the loop is measured here and joins the metrics as `hub_lag_seconds`: a nap of a second that takes longer
shows how long everybody's sockets were kept waiting.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric

log = logging.getLogger("classroom")

NAP_SECONDS, STEP_SECONDS = 1.0, 5
LENGTH = 600 // STEP_SECONDS


class Gauges:
    """`readings` are {metric sample: value}, the oldest first; only a program that serves calls `start()`."""

    def __init__(self, app, server) -> None:
        self._registry, self._server = app.extensions["metrics"], server
        self._registry.register(self)
        self._lags: deque[float] = deque(maxlen=STEP_SECONDS)
        self._started = False
        self.readings: deque[dict[str, float]] = deque(maxlen=LENGTH + 1)

    def collect(self) -> Iterator[Metric]:
        """For Prometheus."""
        lag = max(self._lags, default=0.0)
        yield GaugeMetricFamily("hub_lag_seconds", "The longest that the loop was late in the last five seconds.", lag)

    def start(self) -> None:
        if not self._started:
            self._started = True
            self._server.start_background_task(self._run)

    def read(self) -> None:
        """Keep what the metrics say now. A test may call it."""
        samples = (sample for metric in self._registry.collect() for sample in metric.samples)
        self.readings.append({sample.name: sample.value for sample in samples})

    def _run(self) -> None:
        naps = 0
        while True:
            began = time.monotonic()
            self._server.sleep(NAP_SECONDS)
            self._lags.append(max(0.0, time.monotonic() - began - NAP_SECONDS))
            naps += 1
            if naps % STEP_SECONDS == 0:
                self._read_safely()

    def _read_safely(self) -> None:
        try:
            self.read()
        except Exception:
            log.exception("The metrics could not be read.")
