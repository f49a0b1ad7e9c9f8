"""The Prometheus collector of presence. Needs `prometheus_client`; nothing else in the package does.

No label says who or where: a number per lesson would reveal an anonymous reader who is alone there.
"""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from .node import Node


class Collector:
    """Register it with a Prometheus registry."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def collect(self) -> Iterator[Metric]:
        for part in (_people, _delivery, _connections, _log, _rooms):
            yield from part(self._node)


def _people(node: Node) -> Iterator[Metric]:
    roster = node.roster
    yield GaugeMetricFamily("presence_people", "People who are counted.", roster.topic("").total)
    yield GaugeMetricFamily("presence_topics", "Topics that are not empty.", len(roster.topics))
    yield CounterMetricFamily("presence_graces_saved", "Pages that came back within the grace.", roster.graces_saved)


def _delivery(node: Node) -> Iterator[Metric]:
    queues = node.broadcast.queues
    yield GaugeMetricFamily("presence_frame_cost_seconds", "What one frame costs here.", queues[0].frame_cost)
    yield CounterMetricFamily("presence_frames", "Frames sent.", sum(queue.frames for queue in queues))
    yield CounterMetricFamily("presence_bytes", "Bytes sent in frames.", sum(queue.bytes for queue in queues))
    yield CounterMetricFamily("presence_ticks", "Diffs published.", node.broadcast.ticks)
    yield CounterMetricFamily("presence_resyncs", "States sent again because a client asked.", node.resyncs)


def _connections(node: Node) -> Iterator[Metric]:
    ghosts, rejected = node.housekeeping.ghosts_removed, node.hub.rejected
    yield GaugeMetricFamily("presence_connections", "Open sockets.", len(node.hub))
    yield CounterMetricFamily("presence_ghosts_swept", "Connections without a socket, removed.", ghosts)
    yield CounterMetricFamily("presence_hung_up", "Sockets hung up for what they sent or did not read.", rejected)


def _log(node: Node) -> Iterator[Metric]:
    log = node.log
    yield GaugeMetricFamily("presence_log_away", "1 while Redis is away and faces freeze.", log.disconnected)
    yield CounterMetricFamily("presence_log_changes", "Changes applied from a shared log.", log.applied)
    yield GaugeMetricFamily("presence_log_waiting", "Changes not yet written to it.", log.waiting)
    yield CounterMetricFamily("presence_log_unreadable", "Values in Redis that are not a change.", log.unreadable)


def _rooms(node: Node) -> Iterator[Metric]:
    rooms, live = node.rooms, list(node.rooms.host.live.values())
    people, signals = sum(one.attendees.total for one in live), rooms.signal_rate.taken
    dropped = node.writer.dropped + rooms.signal_rate.dropped + rooms.relay.outgoing.dropped
    yield GaugeMetricFamily("presence_rooms", "Rooms at places where someone is, or something is kept.", len(live))
    yield GaugeMetricFamily("presence_room_people", "People who are counted, in each room that they joined.", people)
    yield CounterMetricFamily("presence_room_diffs", "Diffs of rooms published.", rooms.publisher.diffs)
    yield CounterMetricFamily("presence_signals", "Signals taken from clients.", signals)
    yield CounterMetricFamily("presence_signals_dropped", "Frames of signals not sent, and signals not taken.", dropped)
    yield CounterMetricFamily("presence_cells_loaded", "How often the cells of a room were loaded.", rooms.loader.loads)
