"""The steps of one simulated classmate. Pure, and the same for the same seed.

A classmate reads lesson after lesson, each for about its reading time, answers most polls on the way, joins the others
at a video (watching.py) and often shares where they read (pointing.py). Now and then they react to a chapter, go back,
look away, set a study status, reload, open a second tab or take a break. At the end of the course they start over.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import pointing, watching

ANSWERED_SHARE = 0.8
REACTION_SHARE = 0.5
LEFT_SHARE = (0.2, 1.0)
KINDS = ("clap", "aha", "love", "lost")
KIND_WEIGHTS = (0.35, 0.35, 0.15, 0.15)


@dataclass(frozen=True)
class Step:
    """After `wait` seconds do `action`: enter, away, active, reload, second tab, close tab, break, return, or a study
    status: stuck here, happy to pair, just finished, never mind; or answer (`what`: poll, option) or react (`what`:
    chapter, kind); or what watching.py and pointing.py yield.

    `place` is the place of an enter and of a newly opened page.
    """

    wait: float
    action: str
    place: str
    what: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A lesson to read: its place, its reading time in seconds, the options of its polls and its chapters; its videos,
    id to seconds, and the number of letters in each block of its text."""

    place: str
    seconds: float
    polls: Mapping[str, Sequence[str]] = field(default_factory=dict)
    chapters: Sequence[str] = ()
    videos: Mapping[str, float] = field(default_factory=dict)
    blocks: Sequence[int] = ()


def script(readings: Sequence[Reading], seed: object, speed: float = 1.0, start: str | None = None) -> Iterator[Step]:
    """The endless steps of one classmate through `readings`; twice the `speed` halves every wait.

    They begin in the middle of a random lesson, or have just entered the lesson `start`.
    """
    chance = random.Random(str(seed))  # noqa: S311  nothing here is a secret
    places = [reading.place for reading in readings]
    at = chance.randrange(len(readings)) if start is None else places.index(start)
    left = 1.0
    if start is None:
        left = chance.uniform(*LEFT_SHARE)
        yield Step(chance.uniform(0, 3) / speed, "enter", readings[at].place)
    while True:
        reading = readings[at].seconds * left * chance.uniform(0.5, 1.5) / speed
        for share, action, what in _activities(chance, readings[at]):
            yield Step(reading * share, action, readings[at].place, what)
        left = 1.0
        at = _next(chance, at, len(readings))
        yield Step(reading, "enter", readings[at].place)


def _next(chance: random.Random, at: int, length: int) -> int:
    step = chance.choices([1, -1, 2], [0.8, 0.12, 0.08])[0]
    return (at + step) % length


def _activities(chance: random.Random, lesson: Reading) -> Iterator[tuple[float, str, tuple[Any, ...]]]:
    """The actions during one lesson: (share of the reading time to wait, action, its arguments)."""
    for share, action in _interlude(chance):
        yield share, action, ()
    yield from _answers(chance, lesson)
    yield from _reaction(chance, lesson)
    yield from watching.activities(chance, lesson.videos)
    yield from pointing.activities(chance, lesson.blocks)


def _answers(chance: random.Random, lesson: Reading) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    for poll, options in lesson.polls.items():
        if chance.random() < ANSWERED_SHARE:
            yield 0.2, "answer", (poll, chance.choice(options))


def _reaction(chance: random.Random, lesson: Reading) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    if lesson.chapters and chance.random() < REACTION_SHARE:
        yield 0.1, "react", (chance.choice(lesson.chapters), chance.choices(KINDS, KIND_WEIGHTS)[0])


def _interlude(chance: random.Random) -> list[tuple[float, str]]:
    """Random actions while reading, usually none: (share of the reading time, action)."""
    return chance.choices(
        [
            [],
            [(0.3, "away"), (0.6, "active")],
            [(0.4, "reload")],
            [(0.2, "second tab"), (0.7, "close tab")],
            [(0.1, "break"), (1.5, "return")],
            [(0.3, "stuck here"), (0.8, "never mind")],
            [(0.1, "happy to pair")],
            [(0.9, "just finished")],
        ],
        [0.5, 0.18, 0.07, 0.06, 0.05, 0.05, 0.05, 0.04],
    )[0]
