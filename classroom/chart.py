"""A chart of numbers over time: an SVG path, a sentence and a table of the same values. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 60
LEAST_TOP = 4
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclass(frozen=True)
class Span:
    """The time range of a chart, ending now. `seconds`, `step` (drawn) and `row` (of the table) are in seconds."""

    name: str
    seconds: int
    step: int
    row: int
    ago: str


SPANS = (
    Span("hour", HOUR, MINUTE, 10 * MINUTE, "1 h ago"),
    Span("day", DAY, 15 * MINUTE, 2 * HOUR, "24 h ago"),
    Span("30 days", 30 * DAY, 6 * HOUR, 2 * DAY, "30 days ago"),
)


@dataclass(frozen=True)
class Chart:
    """`values` are the peaks of each step, oldest first; the last step is the current one."""

    span: Span
    values: tuple[int, ...]

    @property
    def top(self) -> int:
        """The value at the upper edge."""
        return max(LEAST_TOP, *self.values)

    @property
    def path(self) -> str:
        return outline(self.values, self.top)

    @property
    def sentence(self) -> str:
        most = max(self.values)
        if not most:
            return f"No one in the last {self.span.name}."
        steps_ago = self.values[::-1].index(most)
        when = f"{_length(steps_ago * self.span.step)} ago" if steps_ago else "now"
        return f"Most at once: {most}, {when}."

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The table: (how long ago, peak), latest first."""
        each = self.span.row // self.span.step
        parts = [self.values[::-1][first : first + each] for first in range(0, len(self.values), each)]
        return [
            (f"{_length(number * self.span.row, bare=True)} to {_length((number + 1) * self.span.row)} ago", max(part))
            for number, part in enumerate(parts)
        ]


def chart(span: Span, samples: Mapping[int, int], now: float, total: int) -> Chart:
    """A chart of `samples` {Unix seconds: people}; `total` is the current number of people."""
    count = span.seconds // span.step
    first = int(now) // span.step - count + 1
    values = [0] * count
    for at, people in samples.items():
        index = at // span.step - first
        if 0 <= index < count:
            values[index] = max(values[index], people)
    values[-1] = max(values[-1], total)
    return Chart(span, tuple(values))


def outline(values: Sequence[float], top: float) -> str:
    """The area under the values as the `d` of an SVG path, in a box of WIDTH by HEIGHT with `top` at its upper edge."""
    width = WIDTH / len(values)
    steps = " ".join(f"V{HEIGHT * (1 - value / top):.4g} h{width:.4g}" for value in values)
    return f"M0 {HEIGHT} {steps} V{HEIGHT} Z"


def _length(seconds: int, bare: bool = False) -> str:
    if bare and not seconds:
        return "0"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < 2 * DAY:
        return f"{seconds // HOUR} h" if not seconds % HOUR else f"{seconds // HOUR} h {seconds % HOUR // MINUTE} min"
    return f"{seconds // DAY} days"
