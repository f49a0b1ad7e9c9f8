"""One number of the system with its last ten minutes, in words and as a shape. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .chart import outline


@dataclass(frozen=True)
class Kind:
    """Which metric a figure shows, and how: its value, what it grows by in a second, or in the whole time (`sum`)."""

    metric: str
    title: str
    about: str
    how: str
    unit: str = ""
    factor: float = 1.0


KINDS = (
    Kind("presence_connections", "Connections", "open sockets", "value"),
    Kind("presence_people", "People", "counted on the whole site", "value"),
    Kind("presence_ticks_total", "Ticks", "diffs published", "rate", "/s"),
    Kind("presence_frames_total", "Frames", "sent to sockets", "rate", "/s"),
    Kind("presence_bytes_total", "Bytes", "sent in frames", "rate", "kB/s", 1e-3),
    Kind("hub_lag_seconds", "Lag of the loop", "how late it was at most", "value", "ms", 1e3),
    Kind("presence_resyncs_total", "Resyncs", "states asked for again after a gap", "sum"),
    Kind("presence_graces_saved_total", "Flickers saved", "pages back within the grace", "sum"),
    Kind("presence_ghosts_swept_total", "Ghosts swept", "connections that had no socket", "sum"),
    Kind("presence_hung_up_total", "Hung up", "for what they sent or did not read", "sum"),
    Kind("presence_log_changes_total", "Shared log", "changes applied from Redis", "rate", "/s"),
    Kind("presence_log_waiting", "Unwritten", "changes that wait for Redis", "value"),
)


@dataclass(frozen=True)
class Figure:
    kind: Kind
    values: tuple[float, ...]

    @property
    def now(self) -> str:
        return _text(sum(self.values) if self.kind.how == "sum" else (self.values or (0.0,))[-1], self.kind.unit)

    @property
    def when(self) -> str:
        return "in the last ten minutes" if self.kind.how == "sum" else "now"

    @property
    def most(self) -> str:
        return _text(max(self.values, default=0.0), self.kind.unit)

    @property
    def path(self) -> str:
        return outline(self.values or (0.0,), max(self.values, default=0.0) or 1.0)


def figures(readings: Iterable[Mapping[str, float]], seconds: float, length: int = 0) -> list[Figure]:
    """`readings` of the metrics, the oldest first, `seconds` apart; before them nothing, up to `length` values."""
    readings = list(readings)
    return [Figure(kind, _padded(_values(kind, readings, seconds), length)) for kind in KINDS]


def _padded(values: tuple[float, ...], length: int) -> tuple[float, ...]:
    return (0.0,) * (length - len(values)) + values


def _values(kind: Kind, readings: list[Mapping[str, float]], seconds: float) -> tuple[float, ...]:
    read = [reading.get(kind.metric, 0.0) * kind.factor for reading in readings]
    if kind.how == "value":
        return tuple(read)
    grown = [max(0.0, after - before) for before, after in zip(read, read[1:], strict=False)]
    return tuple(growth / seconds for growth in grown) if kind.how == "rate" else tuple(grown)


def _text(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.1f}"
    return f"{text} {unit}".strip()
