"""Six seconds for the tests: a hand goes round once, so that each frame tells its time."""

import math

from . import canvas as c
from .canvas import HEIGHT, WIDTH, Canvas

LENGTH = 6
CAPTIONS = ((0, 3, "Three seconds."), (3, 6, "And three more."))


def draw(now: float) -> Canvas:
    canvas = Canvas()
    x, y, reach = WIDTH / 2, HEIGHT / 2, 110
    turn = math.tau * now / LENGTH - math.tau / 4
    canvas.card((x - 130, y - 130, x + 130, y + 130), radius=130)
    canvas.dot((x + reach * math.cos(turn), y + reach * math.sin(turn)), str(int(now)), "#c6e3cb", radius=18)
    canvas.text((x, y), f"{now:.1f}", 40, "title", c.PINE, "mm", below=c.SHEET)
    return canvas
