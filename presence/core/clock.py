"""Unix seconds that never step: the wall clock as it was at the start, plus what has passed since.

A wall clock is set back and forth while a process runs. Ticks, budgets, rate limits and grace periods would wait for
it, or end at once. So durations are measured by the monotonic clock, and the wall clock is read once.
"""

from collections.abc import Callable
from time import monotonic, time


def anchored(wall: Callable[[], float] = time, steady: Callable[[], float] = monotonic) -> Callable[[], float]:
    """A clock that begins with the wall clock and goes on like the steady one."""
    offset = wall() - steady()
    return lambda: offset + steady()


def earliest(*moments: float | None) -> float | None:
    """The first of some moments; None stands for never."""
    return min((moment for moment in moments if moment is not None), default=None)
