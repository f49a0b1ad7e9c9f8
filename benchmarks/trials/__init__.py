"""Trials of faults and attacks, as seen by a healthy pair of people beside them. No peers take part.

Each is a function `(folder) -> dict` of figures, with a table of its own in RESULTS.md.
"""

from collections.abc import Callable
from pathlib import Path

from . import floods, lock, lossy, pages, skew

Trial = Callable[[Path], dict]

TRIALS: dict[str, Trial] = {
    "pages": pages.measure,
    "floods": floods.measure,
    "floods-nginx": floods.measure_behind_nginx,
    "lock": lock.measure,
    "lossy": lossy.measure,
    "skew": skew.measure,
}

QUICK_TRIALS: dict[str, Trial] = {"pages": pages.measure_quickly, "skew": skew.measure_quickly}
"""Those with a short form, which a quick run makes."""
