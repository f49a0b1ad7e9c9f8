"""A card of the system page: one metric's current value, its peak and its shape over ten minutes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .chart import outline


@dataclass(frozen=True)
class CardSpec:
    """The metric of a card and how to show it: its value, its growth per second (rate) or its total growth (sum)."""

    metric: str
    title: str
    about: str
    how: str
    unit: str = ""
    factor: float = 1.0


CARDS = (
    CardSpec("presence_connections", "Connections", "open sockets", "value"),
    CardSpec("presence_people", "People", "counted on the whole site", "value"),
    CardSpec("presence_ticks_total", "Ticks", "diffs published", "rate", "/s"),
    CardSpec("presence_frames_total", "Frames", "sent to sockets", "rate", "/s"),
    CardSpec("presence_bytes_total", "Bytes", "sent in frames", "rate", "kB/s", 1e-3),
    CardSpec("hub_lag_seconds", "Event loop lag", "largest delay", "value", "ms", 1e3),
    CardSpec("presence_resyncs_total", "Resyncs", "states asked for again after a gap", "sum"),
    CardSpec("presence_graces_saved_total", "Flickers saved", "pages back within the grace", "sum"),
    CardSpec("presence_ghosts_swept_total", "Ghosts swept", "connections that had no socket", "sum"),
    CardSpec("presence_hung_up_total", "Hung up", "for what they sent or did not read", "sum"),
    CardSpec("presence_log_changes_total", "Shared log", "changes applied from Redis", "rate", "/s"),
    CardSpec("presence_log_waiting", "Unwritten", "changes that wait for Redis", "value"),
)


@dataclass(frozen=True)
class MetricCard:
    spec: CardSpec
    values: tuple[float, ...]

    @property
    def now(self) -> str:
        return _text(sum(self.values) if self.spec.how == "sum" else (self.values or (0.0,))[-1], self.spec.unit)

    @property
    def when(self) -> str:
        return "in the last ten minutes" if self.spec.how == "sum" else "now"

    @property
    def most(self) -> str:
        return _text(max(self.values, default=0.0), self.spec.unit)

    @property
    def path(self) -> str:
        return outline(self.values or (0.0,), max(self.values, default=0.0) or 1.0)


def metric_cards(readings: Iterable[Mapping[str, float]], seconds: float, length: int = 0) -> list[MetricCard]:
    """The cards of `readings`, oldest first and `seconds` apart, padded with zeros in front up to `length` values."""
    readings = list(readings)
    return [MetricCard(spec, _padded(_values(spec, readings, seconds), length)) for spec in CARDS]


def _padded(values: tuple[float, ...], length: int) -> tuple[float, ...]:
    return (0.0,) * (length - len(values)) + values


def _values(spec: CardSpec, readings: list[Mapping[str, float]], seconds: float) -> tuple[float, ...]:
    read = [reading.get(spec.metric, 0.0) * spec.factor for reading in readings]
    if spec.how == "value":
        return tuple(read)
    grown = [max(0.0, after - before) for before, after in zip(read, read[1:], strict=False)]
    return tuple(growth / seconds for growth in grown) if spec.how == "rate" else tuple(grown)


def _text(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.1f}"
    return f"{text} {unit}".strip()
