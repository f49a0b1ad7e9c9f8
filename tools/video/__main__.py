"""Draw, encode and write the captions: `python -m tools.video [diffs] [short]`."""

import subprocess
import sys
from pathlib import Path

from . import canvas as c
from . import diffs, short, stage
from .canvas import HEIGHT, WIDTH, Canvas, ease

FRAMES_PER_SECOND = 15
POSTER_AT = 46.6
# Quality, 0 (best) to 63: with 39 a minute and a half stays under 400 KB and its small letters stay sharp.
CRF = 39
# A key frame every 4 s: a seek decodes from the one before.
ENCODE = [
    *("-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p", "-crf", str(CRF), "-b:v", "0", "-g", "60"),
    *("-row-mt", "1", "-deadline", "good", "-cpu-used", "1", "-an"),
]
ROOT = Path(__file__).resolve().parents[2]
VIDEOS = {
    "diffs": (diffs, ROOT / "courses/content/realtime/03-changes/media"),
    "short": (short, ROOT / "tests/content/web/01-rooms/media"),
}


def draw_diffs(now: float) -> Canvas:
    canvas = Canvas()
    if card := next((card for card in diffs.CARDS if card[0] <= now < card[1]), None):
        _draw_card(canvas, now, *card)
        return canvas
    start, _, title = next(entry for entry in diffs.TITLES if entry[0] <= now < entry[1])
    canvas.text((WIDTH / 2, 28), title, 20, "title", c.INK, "mm", ease(now, start))
    stage.draw_server(canvas, diffs.SERVER, now)
    for index, panels in enumerate(diffs.SCREENS):
        stage.draw_screen(canvas, index, panels, now)
    for slip in diffs.SLIPS:
        stage.draw_slip(canvas, slip, now)
    return canvas


def _draw_card(canvas, now, start, end, heading, lines):
    # The first picture is not faded in: it is what a player without a poster shows.
    shown = 1 if start == 0 else ease(now, start)
    top = HEIGHT / 2 - 30 - 18 * len(lines)
    canvas.text((WIDTH / 2, top), heading, 34 if len(lines) == 1 else 26, "title", c.INK, "mm", shown)
    for index, line in enumerate(lines):
        strong = index == len(lines) - 1 and len(lines) > 1
        place, appears = (WIDTH / 2, top + 46 + 34 * index), start + 0.8 + 1.3 * index
        kind, colour = ("strong", c.CLAY if start < 80 else c.PINE) if strong else ("text", c.SOFT)
        canvas.text(place, line, 19, kind, colour, "mm", ease(now, appears))


def encode(draw, length: int, target: Path) -> None:
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES_PER_SECOND), "-i", "-"]
    command = ["ffmpeg", "-y", "-v", "error", *raw, *ENCODE, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:  # noqa: S603  our own words
        for frame in range(length * FRAMES_PER_SECOND):
            encoder.stdin.write(draw(frame / FRAMES_PER_SECOND).finished().tobytes())
        encoder.stdin.close()


def captions(lines) -> str:
    cues = (f"{_time(start)} --> {_time(end)}\n{words}\n" for start, end, words in lines)
    return "WEBVTT\n\n" + "\n".join(cues)


def _time(seconds: float) -> str:
    return f"00:{int(seconds // 60):02}:{seconds % 60:06.3f}"


def make(name: str) -> None:
    script, folder = VIDEOS[name]
    draw = getattr(script, "draw", draw_diffs)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.en.vtt").write_text(captions(script.CAPTIONS), encoding="utf-8")
    draw(min(POSTER_AT, script.LENGTH / 2)).finished().save(folder / f"{name}.webp", quality=80)
    encode(draw, script.LENGTH, folder / f"{name}.webm")


if __name__ == "__main__":
    for wanted in sys.argv[1:] or VIDEOS:
        make(wanted)
