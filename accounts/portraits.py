"""Portraits drawn from a seed: the same text gives the same face, in the style of static/avatars. Pure.

    draw("Noor")    an SVG of 128 x 128, about 2 KB

The seed's digest chooses each feature by itself. There are 30 million faces, so that thirty people look different.
"""

from hashlib import sha256
from typing import Any, NamedTuple

BACKGROUNDS = ("#b7a3e3", "#8cc6e7", "#f2a98f", "#38a197", "#e9b44c", "#a9cf8d", "#e58fa9", "#7b8fd0")
# Face and shade: of the neck, the nose and the ears.
SKINS = (
    ("#fbdcc6", "#e3b295"),
    ("#f7cdb0", "#e0a585"),
    ("#f2bf98", "#d69a6f"),
    ("#d99e72", "#b97a4f"),
    ("#b97a4f", "#96592f"),
    ("#8a5533", "#6a3d22"),
    ("#75492f", "#553320"),
)
HAIR_COLOURS = ("#231b2b", "#43293a", "#5a3825", "#80492c", "#b5673a", "#d9a24e", "#9a9aa6", "#e9e4da")
CLOTHES = ("#1f7a78", "#d8433f", "#f4bd4b", "#4b3f73", "#fff3dc", "#2f5d9a", "#b4568a", "#3f7a45")

FACE = "M39 60c0-18 10-29 25-29s25 11 25 29c0 21-11 34-25 34S39 81 39 60z"
NECK = "M54 84h20v15c7 2 11 3 13 4-3 10-12 15-23 15s-20-5-23-15c2-1 6-2 13-4z"
COLLARS = (
    "M12 128c2-18 16-26 36-27l16 12 16-12c20 1 34 9 36 27z",
    "M10 128c2-19 18-26 38-27 3 7 9 10 16 10s13-3 16-10c20 1 36 8 38 27z",
    "M14 128c1-16 12-24 32-28 4 6 10 9 18 9s14-3 18-9c20 4 31 12 32 28z",
)
PARTED = "M64 30c-4 14-13 24-27 28-2-18 9-31 27-31s29 12 27 30c-14-4-23-13-27-27z"
CAP = "M38 60c-3-25 8-37 26-37s29 12 26 37c-3-9-6-14-10-18-9 3-24 3-32 0-4 4-7 9-10 18z"
FRINGE = "M39 60c-3-20 3-35 25-36 22 1 28 16 25 36-4-6-5-12-7-18-5-6-31-6-36 0-2 6-3 12-7 18z"
SIDE = "M39 60c-1-13 3-20 11-25 9 8 24 12 38 10 2 4 2 9 1 15 5-22-4-37-25-37S34 38 39 60z"
LOW = "M41 50c2-15 10-22 23-22s21 7 23 22c-5-8-12-12-23-12s-18 4-23 12z"
QUIFF = (
    "M39 56c0-10 3-15 8-18 2-13 14-20 27-16 11 3 16 10 14 19 2 4 2 9 1 15-3-9-7-13-12-13-12 1-24 0-29-1-4 3-7 7-9 14z"
)
LONG = "M33 50c0-21 13-31 31-31s31 10 31 31c5 14 6 32 1 46-3 7-12 10-19 8H51c-7 2-16-1-19-8-5-14-4-32 1-46z"
CURLS = (
    "M64 17c24-4 40 12 38 32 8 8 7 19 1 25 6 8 3 19-5 23-3 9-14 11-20 6H50c-6 5-17 3-20-6-8-4-11-15-5-23-6-6-7-17 1-25"
    "-2-20 14-36 38-32z"
)
ROUND = "M64 13c23 0 38 15 38 36 0 17-8 28-16 33H42c-8-5-16-16-16-33 0-21 15-36 38-36z"
BOB = "M35 56c-2-25 11-37 29-37s31 12 29 37c2 13 2 25-2 33H37c-4-8-4-20-2-33z"
BUN = "M64 5a14 14 0 1 1 0 28 14 14 0 1 1 0-28z"
BUNCHES = "M31 62a13 13 0 1 1 0 26 13 13 0 1 1 0-26zM97 62a13 13 0 1 1 0 26 13 13 0 1 1 0-26z"
SCARF = "M30 60c0-26 13-41 34-41s34 15 34 41c0 22 3 33 9 44-12 8-28 12-43 12s-31-4-43-12c6-11 9-22 9-44z"
SCARF_EDGE = "M37 62c-1-22 9-35 27-35s28 13 27 35c-2-19-11-27-27-27s-25 8-27 27z"


class Hair(NamedTuple):
    """The shapes behind and before the face; a `scarf` has the colour of clothes."""

    back: str
    front: str
    scarf: bool = False

    @property
    def covers_ears(self) -> bool:
        return bool(self.back) and self.back not in (BUN, BUNCHES)


HAIRS = (
    Hair("", CAP),
    Hair("", QUIFF),
    Hair("", LOW),
    Hair(LONG, FRINGE),
    Hair(LONG, PARTED),
    Hair(CURLS, PARTED),
    Hair(ROUND, LOW),
    Hair(BOB, SIDE),
    Hair(BOB, FRINGE),
    Hair(BUN, PARTED),
    Hair(BUNCHES, PARTED),
    Hair(SCARF, SCARF_EDGE, scarf=True),
)
BROWS = ("M49 57c2-2 6-2.5 9-1M71 56c3-1.5 7-1 9 1", "M48 55c3-3 7-3 10-1M80 55c-3-3-7-3-10-1")
MOUTHS = (
    '<path fill="#fff3dc" d="M55 79c6 2 12 2 18 0-1 6-5 8-9 8s-8-2-9-8z"/>',
    '<path fill="#c9505a" d="M57 79c4 2 10 2 14 0-1 5-4 7-7 7s-6-2-7-7z"/>',
    '<path fill="none" stroke="#7a3038" stroke-width="2.5" stroke-linecap="round" d="M56 80c4 4 12 4 16 0"/>',
    '<path fill="none" stroke="#7a3038" stroke-width="2.5" stroke-linecap="round" d="M57 81c5 2 10 1 14-2"/>',
)
EXTRAS = (
    "",
    "",
    '<g fill="none" stroke="#2b2733" stroke-width="2.2"><circle cx="54" cy="65" r="8"/><circle cx="75" cy="65" r="8"/>'
    '<path d="M62 64c1-1 4-1 5 0"/></g>',
    '<g fill="none" stroke="#2b2733" stroke-width="2.2" stroke-linejoin="round"><path d="M46 59h16v8c0 7-16 7-16 0z'
    'M67 59h16v8c0 7-16 7-16 0zM62 62h5"/></g>',
    '<g fill="#f4bd4b"><circle cx="40" cy="77" r="3"/><circle cx="88" cy="77" r="3"/></g>',
    '<g fill="#c9505a" opacity=".35"><circle cx="48" cy="74" r="5"/><circle cx="80" cy="74" r="5"/></g>',
)
EYES = '<g fill="#2b2733"><circle cx="54" cy="65" r="3.3"/><circle cx="75" cy="65" r="3.3"/></g>'


def background(seed: str) -> str:
    """The colour behind the portrait of a seed."""
    return BACKGROUNDS[_digest(seed)[0] % len(BACKGROUNDS)]


def draw(seed: str) -> str:
    """The portrait of a seed, as an SVG document."""
    features = iter(_digest(seed)[1:])

    def pick(options: tuple[Any, ...]) -> Any:
        return options[next(features) % len(options)]

    (skin, shade), hair = pick(SKINS), pick(HAIRS)
    hair_colour, cloth, scarf = pick(HAIR_COLOURS), pick(CLOTHES), pick(CLOTHES)
    covering = scarf if hair.scarf else hair_colour
    parts = [
        _shape(background(seed), "M0 0h128v128H0z"),
        _shape(covering, hair.back),
        _shape(cloth, pick(COLLARS)),
        _shape(shade, NECK),
        "" if hair.covers_ears else _ears(skin),
        _shape(skin, FACE),
        _shape(covering, hair.front),
        EYES,
        _line(hair_colour if hair.scarf else covering, pick(BROWS)),
        _line(shade, "M65 67c0 3-2 5-1 6s2 1 3 .5"),
        pick(MOUTHS),
        pick(EXTRAS),
    ]
    return _document(parts)


def _digest(seed: str) -> bytes:
    return sha256(f"portrait {seed}".encode()).digest()


def _document(parts: list[str]) -> str:
    body = "".join(f"  {part}\n" for part in parts if part)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">\n{body}</svg>\n'


def _shape(colour: str, path: str) -> str:
    return f'<path fill="{colour}" d="{path}"/>' if path else ""


def _line(colour: str, path: str) -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="2.5" stroke-linecap="round" d="{path}"/>'


def _ears(skin: str) -> str:
    return f'<g fill="{skin}"><circle cx="39" cy="65" r="6"/><circle cx="89" cy="65" r="6"/></g>'
