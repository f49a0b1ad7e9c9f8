"""A line chart with logarithmic axes, as SVG. Pure: numbers in, text out."""

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 48, 48

STYLE = """
  svg { --ink: #1f2328; --grid: #d5d9de; --site: #0b6e4f; --seed: #b3412c; --node: #3455a4; background: #fff; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6e8eb; --grid: #3a4048; --site: #5ecfa5; --seed: #f08a72; --node: #8fb0ff; background: #15181c; }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 15px; font-weight: 600; }
  .grid { stroke: var(--grid); }
  .line { fill: none; stroke-width: 2; }
"""


@dataclass(frozen=True)
class Series:
    """A line: `points` are (x, y), both above zero to be drawn."""

    name: str
    colour: str
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Scale:
    """Maps numbers from `low` to `high`, logarithmically, to pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)]


def chart(title: str, below: str, series: list[Series]) -> str:
    """The SVG of a chart; every line has its name at its end and a mark of its own at each point."""
    xs = _scale([x for line in series for x, _ in line.points], LEFT, WIDTH - RIGHT)
    ys = _scale([y for line in series for _, y in line.points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(below)}</text>',
        *_grid(xs, ys),
        *[text for number, line in enumerate(series) for text in _line(line, number, xs, ys)],
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _scale(values: list[float], start: float, end: float) -> Scale:
    """The powers of ten below and above all values."""
    values = [value for value in values if value > 0] or [1]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return Scale(10.0**low, 10.0 ** max(high, low + 1), start, end)


def _grid(xs: Scale, ys: Scale) -> list[str]:
    parts = []
    for value in xs.decades():
        parts.append(f'<path class="grid" d="M{xs.at(value)} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{xs.at(value)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:,.10g}</text>')
    for value in ys.decades():
        parts.append(f'<path class="grid" d="M{LEFT} {ys.at(value)}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{ys.at(value) + 4}" text-anchor="end">{value:,.10g}</text>')
    return parts


def _line(line: Series, number: int, xs: Scale, ys: Scale) -> list[str]:
    points = [(xs.at(x), ys.at(y)) for x, y in line.points]
    path = "L".join(f"{x} {y}" for x, y in points)
    x, y = points[-1]
    return [
        f'<path class="line" style="stroke: {line.colour}" d="M{path}"/>',
        *[_mark(number, x, y, line.colour) for x, y in points],
        f'<text x="{x + 12}" y="{y + 4}" style="fill: {line.colour}">{escape(line.name)}</text>',
    ]


def _mark(number: int, x: float, y: float, colour: str) -> str:
    """A circle, a square, a triangle: no line is told by its colour alone."""
    shapes = (
        f'<circle cx="{x}" cy="{y}" r="4.5" ',
        f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" ',
        f'<path d="M{x} {y - 6}l6 10h-12z" ',
    )
    return shapes[number % len(shapes)] + f'style="fill: {colour}"/>'
