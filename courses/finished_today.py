"""The number of people who finished a lesson today, as company for a reader who is alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_

from accounts.models import now
from web.db import db
from web.quick_query import QuickQuery

from .current import current_catalog
from .progress import Completion, Viewer

# Smaller numbers could identify people: one is a person, and of two, one may be a second account of the viewer.
FEWEST = 3


def finished_today(place: str, viewer: Viewer) -> int | None:
    """The number of others who finished something at a place or below it since midnight; None under three.

    Midnight is the server's. Those who were hidden when they finished are not counted, as in every other number.
    """
    return each_finished_today((place,), viewer)[0]


def each_finished_today(places: Sequence[str], viewer: Viewer) -> list[int | None]:
    """The same for several places, in one query."""
    names = [_names_within(place) for place in places]
    values: dict[str, Any] = {"me": viewer.id if viewer.is_authenticated else 0, "midnight": _midnight(now())}
    for at, (place, known) in enumerate(zip(places, names, strict=True)):
        values |= {f"below{at}": f"{place}/", f"length{at}": len(place) + 1}
        values |= {f"name{at}_{number}": name for number, name in enumerate(known)}
    (numbers,) = _finished(tuple(map(len, names))).rows(**values)
    return [n if n >= FEWEST else None for n in numbers]


def _names_within(place: str) -> list[str]:
    """All names of a place, and the old ones of what is below it."""
    catalog = current_catalog()
    return [*catalog.names(place), *(old for old, new in catalog.moved.items() if new.startswith(f"{place}/"))]


@cache
def _finished(names: tuple[int, ...]) -> QuickQuery:
    """Count the others who finished a lesson at or below each place. `names`: how many names each place has."""
    numbers = [func.count(db.distinct(case((_within(at, most), Completion.user_id)))) for at, most in enumerate(names)]
    others = Completion.user_id != bindparam("me")
    return QuickQuery(
        db.select(*numbers).where(Completion.counted, others, Completion.completed_at >= bindparam("midnight"))
    )


def _within(at: int, names: int) -> ColumnElement[bool]:
    """Whether a lesson is at or below the place number `at`, which has this many names."""
    named = [Completion.place == bindparam(f"name{at}_{number}") for number in range(names)]
    return or_(*named, func.substr(Completion.place, 1, bindparam(f"length{at}")) == bindparam(f"below{at}"))


def _midnight(moment: datetime) -> datetime:
    # Of the local date, not of the hours since: on some days the clock changes in between.
    return datetime.combine(moment.astimezone(), time.min).astimezone(UTC)
