"""The numbers of presence for Prometheus. Needs `prometheus_client`; nothing else in the package does.

No label says who or where: a number per lesson would tell of an anonymous reader when there is only one.
"""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from .node import Node


class Collector:
    """Register it with a Prometheus registry."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def collect(self) -> Iterator[Metric]:
        node, roster, log = self._node, self._node.roster, self._node.log
        near, far = node.broadcast.queues
        yield GaugeMetricFamily("presence_connections", "Open sockets.", len(node.hub))
        yield GaugeMetricFamily("presence_people", "People who are counted.", roster.topic("").total)
        yield GaugeMetricFamily("presence_topics", "Topics somebody is in.", len(roster.topics))
        yield GaugeMetricFamily("presence_frame_cost_seconds", "What one frame costs here.", near.frame_cost)
        yield CounterMetricFamily("presence_frames", "Frames sent.", near.frames + far.frames)
        yield CounterMetricFamily("presence_bytes", "Bytes sent in frames.", near.bytes + far.bytes)
        yield CounterMetricFamily("presence_ticks", "Diffs published.", node.broadcast.ticks)
        yield CounterMetricFamily(
            "presence_ghosts_swept", "Connections without a socket, removed.", node.housekeeping.ghosts_removed
        )
        yield CounterMetricFamily(
            "presence_graces_saved", "Pages that came back within the grace.", roster.graces_saved
        )
        yield GaugeMetricFamily("presence_log_away", "1 while Redis is away and faces freeze.", log.disconnected)
        yield CounterMetricFamily("presence_log_changes", "Changes applied from a shared log.", log.applied)
        yield GaugeMetricFamily("presence_log_waiting", "Changes not yet written to it.", log.waiting)
        yield CounterMetricFamily("presence_resyncs", "States sent again because a client asked.", node.resyncs)
        yield CounterMetricFamily(
            "presence_hung_up",
            "Sockets hung up for what they sent or did not read.",
            node.hub.rejected,
        )
