"""A pointer's position in the words of a lesson. Pure. static/js/live/anchor.js writes and reads the same.

[block]                     reading: the n-th block of the text
[block, offset, dx, dy]     pointing: letters into the block's text (-1: its box), and the rest of the way
"""

BLOCKS, LETTERS, REACH = 1_000, 100_000, 2_000


def is_anchor(value: list[int]) -> bool:
    if len(value) not in (1, 4) or not 0 <= value[0] < BLOCKS:
        return False
    if len(value) == 1:
        return True
    offset, dx, dy = value[1:]
    return -1 <= offset <= LETTERS and abs(dx) <= REACH and abs(dy) <= REACH
