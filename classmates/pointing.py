"""A simulated classmate who shares where they read and point.

The face in the margin goes down the lesson block by block, and now and then the mouse follows a few words. Pointers are
kept nowhere, so nothing stays of it.
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from .room_page import RoomPage

SHARING_SHARE = 0.5
MOST_STOPS = 4
POINTING_SHARE = 0.5
WORTH_POINTING_AT = 40
LETTERS_A_MOVE = 3
MOVES, MOVE_SECONDS = 16, 0.12
MIDDLE_OF_THE_LETTER = 30
Activity = tuple[float, str, tuple[Any, ...]]


def activities(chance: random.Random, blocks: Sequence[int]) -> Iterator[Activity]:
    """The steps down a lesson with `blocks` of so many letters: (share of the reading time, action, arguments)."""
    texts = [block for block, letters in enumerate(blocks) if letters]
    if not texts or chance.random() >= SHARING_SHARE:
        return
    yield 0.02, "share pointer", ()
    for block in texts[:: math.ceil(len(texts) / MOST_STOPS)]:
        yield 0.08, "read", (block,)
        if blocks[block] >= WORTH_POINTING_AT and chance.random() < POINTING_SHARE:
            yield 0.04, "point", (block, chance.randrange(blocks[block] - WORTH_POINTING_AT + 1))


def share(page: RoomPage) -> None:
    page.join("pointers")


def read(page: RoomPage, block: int) -> None:
    page.signal("pointers", "at", [block])


def point(page: RoomPage, block: int, offset: int, is_over: Callable[[float], bool]) -> None:
    """Follow a few words with the mouse, as slowly as one reads. `is_over` waits, and says whether to stop."""
    for move in range(MOVES):
        if is_over(MOVE_SECONDS):
            return
        wobble = MIDDLE_OF_THE_LETTER + 10 * (move % 3)
        page.signal("pointers", "at", [block, offset + move * LETTERS_A_MOVE // 2, 0, wobble])
