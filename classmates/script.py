"""What one simulated classmate does, step by step. Pure, and the same for the same seed.

They read lesson after lesson for about as long as its text takes, skip back now and then, look away, ask for company,
reload, open a second tab, take a break, and start over at the end of the course.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """After `wait` seconds do `action`: enter, away, active, reload, second tab, close tab, break, return, or say
    something: stuck here, happy to pair, just finished, never mind.

    `place` is where an enter goes, and where a page that opens is.
    """

    wait: float
    action: str
    place: str


@dataclass(frozen=True)
class Reading:
    """A lesson to read: its place and the seconds its text takes."""

    place: str
    seconds: float


def script(readings: Sequence[Reading], seed: object, speed: float = 1.0) -> Iterator[Step]:
    """The endless steps of one classmate through `readings`; twice the `speed` halves every wait."""
    chance = random.Random(str(seed))  # noqa: S311  nothing here is a secret
    at = chance.randrange(len(readings))
    yield Step(chance.uniform(0, 3) / speed, "enter", readings[at].place)
    while True:
        reading = readings[at].seconds * chance.uniform(0.5, 1.5) / speed
        for share, action in _interlude(chance):
            yield Step(reading * share, action, readings[at].place)
        at = _next(chance, at, len(readings))
        yield Step(reading, "enter", readings[at].place)


def _next(chance: random.Random, at: int, length: int) -> int:
    step = chance.choices([1, -1, 2], [0.8, 0.12, 0.08])[0]
    return (at + step) % length


def _interlude(chance: random.Random) -> list[tuple[float, str]]:
    """What happens before the lesson is read to its end, mostly nothing: (share of the reading time, action)."""
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
