"""The numbers of presence for Prometheus. Needs `prometheus_client`; nothing else in the package does.

No label says who or where: a number per lesson would tell of an anonymous reader when there is only one.
"""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric


class Collector:
    """Register it with a Prometheus registry."""

    def __init__(self, presence) -> None:
        self._presence = presence

    def collect(self) -> Iterator[Metric]:
        presence, roster = self._presence, self._presence.roster
        reception, upkeep = presence.reception, presence.upkeep
        near, far = presence.broadcast.outboxes
        yield GaugeMetricFamily("presence_connections", "Open sockets.", len(presence.sockets))
        yield GaugeMetricFamily("presence_people", "People who are counted.", roster.topic("").total)
        yield GaugeMetricFamily("presence_topics", "Topics somebody is in.", len(roster.topics))
        yield GaugeMetricFamily("presence_frame_cost_seconds", "What one frame costs here.", near.frame_cost)
        yield CounterMetricFamily("presence_frames", "Frames sent.", near.frames + far.frames)
        yield CounterMetricFamily("presence_bytes", "Bytes sent in frames.", near.bytes + far.bytes)
        yield CounterMetricFamily("presence_ticks", "Diffs published.", presence.broadcast.ticks)
        yield CounterMetricFamily(
            "presence_ghosts_swept", "Connections without a socket, removed.", upkeep.ghosts_swept
        )
        yield CounterMetricFamily(
            "presence_graces_saved", "Pages that came back within the grace.", roster.graces_saved
        )
        yield GaugeMetricFamily("presence_log_away", "1 while Redis is away and faces freeze.", presence.log.away)
        yield CounterMetricFamily("presence_log_changes", "Changes applied from a shared log.", presence.log.applied)
        yield GaugeMetricFamily("presence_log_waiting", "Changes not yet written to it.", presence.log.waiting)
        yield CounterMetricFamily("presence_resyncs", "States sent again because a client asked.", reception.resyncs)
        yield CounterMetricFamily(
            "presence_hung_up",
            "Sockets hung up for what they sent or did not read.",
            reception.hung_up + upkeep.hung_up,
        )
