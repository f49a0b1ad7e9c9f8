"""The picture of the video: a server above, three screens below, and the slips of paper that go between them."""

from dataclasses import dataclass

from . import canvas as c
from .canvas import Canvas, ease

SERVER = (40, 52, 600, 116)
SCREENS = ((40, 190, 214, 304), (233, 190, 407, 304), (426, 190, 600, 304))
FLIGHT_SECONDS = 1.5
NEWS_SECONDS = 2.5
COLOURS = {"Ada": "#ecd0c2", "Grace": "#c6e3cb", "Alan": "#c8d9ee", "Dennis": "#efdcae", "Barbara": "#dad0ef"}


@dataclass(frozen=True)
class Panel:
    """A server or a screen shows, from `at` on, these people ("Ada 2": in lesson 2) under a number, and says a note."""

    at: float
    people: tuple[str, ...] = ()
    number: int | None = None
    note: str = ""
    alarmed: bool = False


@dataclass(frozen=True)
class Slip:
    """A message that leaves at `at` for a screen; `up` goes to the server, and one that is `lost` never arrives."""

    at: float
    screen: int
    label: str
    rows: tuple[str, ...] = ()
    lost: bool = False
    up: bool = False


def now_and_before(panels: tuple[Panel, ...], now: float) -> tuple[Panel, Panel]:
    past = [panel for panel in panels if panel.at <= now] or [panels[0]]
    return past[-1], past[-2] if len(past) > 1 else past[-1]


def draw_server(canvas: Canvas, panels: tuple[Panel, ...], now: float) -> None:
    panel, before = now_and_before(panels, now)
    canvas.card(SERVER)
    canvas.text((56, 69), "The server", 12, "strong", c.SOFT)
    _number(canvas, (588, 69), panel, before, now)
    for index, person in enumerate(panel.people):
        _person(canvas, (66 + 108 * index, 96), person, _news(panel, before, person, now))
    canvas.text((580 - 40 * (panel.number is not None), 69), panel.note, 11, "text", c.SOFT, "rm", ease(now, panel.at))


def draw_screen(canvas: Canvas, index: int, panels: tuple[Panel, ...], now: float) -> None:
    panel, before = now_and_before(panels, now)
    left, top, right, bottom = SCREENS[index]
    canvas.card((left, top, right, bottom), outline=c.CLAY if panel.alarmed else c.LINE)
    canvas.card((left, top, right, top + 22), fill="#f1e9da", outline=c.CLAY if panel.alarmed else c.LINE)
    for dot in range(3):
        canvas.dot((left + 12 + 9 * dot, top + 11), "", c.LINE, radius=2.5)
    _number(canvas, (right - 7, top + 11), panel, before, now, "#f1e9da")
    for row, person in enumerate(panel.people):
        place = (left + 17 + 81 * (row % 2), top + 38 + 21 * (row // 2))
        _person(canvas, place, person, _news(panel, before, person, now), 11.5)
    colour = c.CLAY if panel.alarmed else c.SOFT
    canvas.text(((left + right) / 2, bottom - 13), panel.note, 11, "strong", colour, "mm", ease(now, panel.at), c.SHEET)


def draw_slip(canvas: Canvas, slip: Slip, now: float) -> None:
    share = ease(now, slip.at, FLIGHT_SECONDS)
    if not slip.at < now < slip.at + FLIGHT_SECONDS + 1.2 * slip.lost:
        return
    left, top, right, _ = SCREENS[slip.screen]
    # A lost one stops half way.
    way = min(share, 0.45) if slip.lost else 1 - share if slip.up else share
    middle, y = (left + right) / 2, SERVER[3] + 4 + (top - SERVER[3] - 44) * way
    half = max(44, 6 + 17 * len(slip.rows) / 2 if len(slip.rows) > 1 else 44)
    colour, wash = (c.CLAY, c.CLAY_WASH) if slip.lost or slip.up else (c.PINE, c.PINE_WASH)
    canvas.card((middle - half, y, middle + half, y + 36), wash, colour, radius=4)
    canvas.text((middle, y + 10), slip.label, 10.5, "strong", colour, "mm", below=wash)
    _contents(canvas, slip, middle, y + 25, wash)
    if slip.lost and share > 0.5:
        canvas.cross((middle, y + 18), 12)


def _contents(canvas, slip, middle, y, below):
    if len(slip.rows) == 1:
        canvas.text((middle, y), slip.rows[0], 11.5, "text", c.INK, "mm", below=below)
        return
    for index, person in enumerate(slip.rows):
        name = person.split()[0]
        canvas.dot((middle + 17 * (index - (len(slip.rows) - 1) / 2), y), name[0], COLOURS[name], radius=6.5)


def _person(canvas, at, person, news, size=13):
    name, _, lesson = person.partition(" ")
    wide = canvas.width(name, size) + 12 + (size - 0.5) * bool(lesson)
    if news > 0:
        canvas.card((at[0] - 10, at[1] - 10, at[0] + wide + 4, at[1] + 10), c.PINE_WASH, c.PINE_WASH, news, c.SHEET)
    canvas.dot(at, name[0], COLOURS[name])
    below = c.SHEET if news < 0.5 else c.PINE_WASH
    canvas.text((at[0] + 10.5, at[1]), name, size, below=below)
    canvas.text((at[0] + wide - 1.5, at[1]), lesson, size - 1, "strong", c.PINE, "mm", below=below)


def _news(panel, before, person, now):
    is_news = panel is not before and person not in before.people and before.people
    return ease(now, panel.at, 0.3) - ease(now, panel.at + NEWS_SECONDS, 0.6) if is_news else 0


def _number(canvas, right_middle, panel, before, now, below=c.SHEET):
    if panel.number is None:
        return
    (x, y), colour = right_middle, c.CLAY if panel.alarmed else c.PINE
    fresh = 1 - ease(now, panel.at + NEWS_SECONDS, 0.6) if panel.number != before.number else 0
    canvas.card((x - 30, y - 8, x, y + 8), colour if fresh > 0.5 or panel.alarmed else c.SHEET, colour, radius=8)
    words = c.SHEET if fresh > 0.5 or panel.alarmed else colour
    canvas.text((x - 15, y), str(panel.number), 11.5, "strong", words, "mm", below=below)
