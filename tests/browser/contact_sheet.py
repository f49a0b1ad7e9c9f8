"""Contact sheets of the photographs: a row a state, a column a width, for looking at all of them in a few pictures."""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HEIGHT, GAP, LABEL = 420, 16, 24
ROWS = 6


def write(folder: Path, states: list[str], sizes: list[str]) -> list[Path]:
    """Write `sheet-<scheme>-<number>.png` for each scheme and every ROWS states; returns the files."""
    return [path for scheme in ("light", "dark") for path in _sheets(folder, states, sizes, scheme)]


def _sheets(folder: Path, states: list[str], sizes: list[str], scheme: str) -> Iterator[Path]:
    for number, first in enumerate(range(0, len(states), ROWS), 1):
        names = states[first : first + ROWS]
        rows = [[_thumbnail(folder / f"{name}-{size}-{scheme}.png") for size in sizes] for name in names]
        path = folder / f"sheet-{scheme}-{number}.png"
        _sheet(rows, names).save(path)
        yield path


def _thumbnail(path: Path) -> Image.Image:
    with Image.open(path) as photograph:
        return photograph.resize((round(photograph.width * HEIGHT / photograph.height), HEIGHT))


def _sheet(rows: list[list[Image.Image]], names: list[str]) -> Image.Image:
    width = max(sum(one.width + GAP for one in row) for row in rows) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + LABEL + GAP)), "#808080")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for index, (row, name) in enumerate(zip(rows, names, strict=True)):
        left, top = GAP, index * (HEIGHT + LABEL + GAP)
        draw.text((left, top + 4), name, "white", font)
        for one in row:
            sheet.paste(one, (left, top + LABEL))
            left += one.width + GAP
    return sheet
