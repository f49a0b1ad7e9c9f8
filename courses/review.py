"""The finished lessons to recall today: they come back after 1, 3, 7, 16 and 35 days. Pure.

Spaced recall keeps what was learned (Cepeda et al. 2006, 2008; the gaps are those of Leitner's box). Nothing is stored
for it: the days follow from when a lesson was finished. The exact day matters little, so a lesson stays for a third of
its gap, and missing one day loses nothing.
"""

from collections.abc import Mapping
from datetime import date

GAPS_DAYS = (1, 3, 7, 16, 35)
MAX_SHOWN = 5


def due(finished: Mapping[str, date], today: date) -> list[str]:
    """The places to recall on a day, those that were finished longest ago first."""
    places = [place for place, day in finished.items() if is_due(day, today)]
    return sorted(places, key=lambda place: (finished[place], place))[:MAX_SHOWN]


def is_due(finished: date, today: date) -> bool:
    """Return whether a lesson that was finished on one day is to be recalled on another."""
    age = (today - finished).days
    return any(gap <= age <= gap + gap // 3 for gap in GAPS_DAYS)
