"""The scheduler's numbers for Prometheus."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from .scheduler import Scheduler
from .worker_line import WorkerLine


class SchedulerCollector:
    """Reads the numbers when Prometheus asks."""

    def __init__(self, scheduler: Scheduler, line: WorkerLine) -> None:
        self._scheduler, self._line = scheduler, line

    def collect(self) -> Iterator[Metric]:
        scheduler, line = self._scheduler, self._line
        refused, waiting = scheduler.refused + line.refused, scheduler.waiting + len(line)
        yield CounterMetricFamily("server_turns", "Turns that requests and pages asked for.", scheduler.turns)
        yield CounterMetricFamily("server_waits", "Turns in a later round of the event loop.", scheduler.waits)
        yield CounterMetricFamily("server_refused", "Requests answered 503: too many waited.", refused)
        yield GaugeMetricFamily("server_waiting", "Requests and pages that wait for their turn.", waiting)
        yield GaugeMetricFamily("server_pages", "Pages in progress.", scheduler.in_progress)
