"""The number of people in each course: one row per minute for a day, then one row per hour for 30 days.

A row holds the public total and nothing about the people in it. A minute without people has no row. Several processes
count the same people and write the same minute: the first insert wins, the others change nothing.
"""

from sqlalchemy import BigInteger, String, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from web.db import db

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
# Retention of each grain in seconds: a day of minutes plus the current hour, and 30 days of hours.
KEPT = {MINUTE: DAY + HOUR, HOUR: 30 * DAY}


class Attendance(db.Model):  # type: ignore[name-defined]
    """The peak of one span: `grain` is its length in seconds, `at` its start in Unix seconds."""

    __tablename__ = "attendance"

    course: Mapped[str] = mapped_column(String(200), primary_key=True)
    grain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    people: Mapped[int]


def record(totals: dict[str, int], now: float) -> None:
    """Store this minute's number of people by course slug."""
    at = int(now) // MINUTE * MINUTE
    rows = [{"course": course, "grain": MINUTE, "at": at, "people": n} for course, n in totals.items() if n]
    if rows:
        db.session.execute(_insert().values(rows).on_conflict_do_nothing())
        db.session.commit()


def tidy(now: float) -> None:
    """Roll finished hours up into one row each and delete expired rows."""
    hour = Attendance.at - Attendance.at % HOUR
    minutes = db.select(Attendance.course, db.literal(HOUR), hour, func.max(Attendance.people)).where(
        Attendance.grain == MINUTE, Attendance.at < int(now) // HOUR * HOUR
    )
    hours = _insert().from_select(["course", "grain", "at", "people"], minutes.group_by(Attendance.course, hour))
    db.session.execute(hours.on_conflict_do_nothing())
    for grain, seconds in KEPT.items():
        db.session.execute(db.delete(Attendance).where(Attendance.grain == grain, Attendance.at < now - seconds))
    db.session.commit()


def since(course: str, start: float, grains: tuple[int, ...] = (MINUTE,)) -> dict[int, int]:
    """{at: people} of a course from `start` (Unix seconds) on. Where a minute and an hour begin together, the hour."""
    rows = db.select(Attendance.at, Attendance.people).where(
        Attendance.course == course, Attendance.grain.in_(grains), Attendance.at >= start
    )
    return {at: people for at, people in db.session.execute(rows.order_by(Attendance.grain))}


def _insert() -> postgresql.Insert | sqlite.Insert:
    # SQLAlchemy's generic INSERT has no ON CONFLICT; these two dialects do.
    is_postgres = db.engine.dialect.name == "postgresql"
    return postgresql.insert(Attendance) if is_postgres else sqlite.insert(Attendance)
