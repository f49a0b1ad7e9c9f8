"""A frame to draw on: the site's colours and fonts, rounded cards, text that fades.

Coordinates are those of the finished picture, 640 by 360; everything is drawn twice as large and reduced, which
smooths the edges. Colours fade by being mixed with what lies below: that is far quicker than layers with alpha.
"""

from functools import cache

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, SCALE = 640, 360, 2
FONTS = {
    "title": "/usr/share/fonts/truetype/charis/CharisSIL-Bold.ttf",
    "text": "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "strong": "/usr/share/fonts/truetype/lato/Lato-Bold.ttf",
}
PAPER, SHEET, LINE, STRONG = "#faf5ec", "#fffdf8", "#e0d4c0", "#8d8070"
INK, SOFT, PINE, PINE_WASH = "#2a2420", "#655a4f", "#1d6553", "#d8eadf"
CLAY, CLAY_WASH, CLAY_LINE = "#b4431f", "#fbe7da", "#e8b496"


@cache
def font(kind: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[kind], round(size * SCALE))


@cache
def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[index : index + 2], 16) for index in (1, 3, 5))


def mix(colour: str, below: str, share: float) -> tuple[int, ...]:
    """`colour` with an opacity of `share` over `below`."""
    share = min(max(share, 0), 1)
    return tuple(round(one * share + other * (1 - share)) for one, other in zip(rgb(colour), rgb(below), strict=True))


def ease(now: float, start: float, seconds: float = 0.5) -> float:
    """0 before `start`, 1 after `seconds` more, and a smooth step between."""
    share = min(max((now - start) / seconds, 0), 1)
    return share * share * (3 - 2 * share)


class Canvas:
    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)

    def card(self, box, fill=SHEET, outline=LINE, shown=1.0, below=PAPER, radius=8) -> None:
        self._draw.rounded_rectangle(
            [round(edge * SCALE) for edge in box],
            radius * SCALE,
            mix(fill, below, shown),
            mix(outline, below, shown),
            SCALE,
        )

    def text(self, at, words, size=13, kind="text", colour=INK, anchor="lm", shown=1.0, below=PAPER) -> None:
        place = (at[0] * SCALE, at[1] * SCALE)
        self._draw.text(place, words, mix(colour, below, shown), font(kind, size), anchor)

    def dot(self, at, letter, colour, radius=7) -> None:
        """A face: the first letter of a name in its colour."""
        (x, y), r = (at[0] * SCALE, at[1] * SCALE), radius * SCALE
        self._draw.ellipse([x - r, y - r, x + r, y + r], colour)
        self._draw.text((x, y), letter, INK, font("strong", radius * 1.3), "mm")

    def cross(self, at, size=6, colour=CLAY) -> None:
        (x, y), r = (at[0] * SCALE, at[1] * SCALE), size * SCALE
        for lean in (1, -1):
            self._draw.line([x - r, y - r * lean, x + r, y + r * lean], colour, 3 * SCALE)

    def width(self, words: str, size: float) -> float:
        return font("text", size).getlength(words) / SCALE
