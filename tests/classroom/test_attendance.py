"""The number of people who were here: counted once a minute, kept small, the same from several processes."""

from contextlib import suppress

from classroom import attendance
from classroom.attendance import DAY, HOUR, MINUTE, Attendance
from web import db

START = 1_700_000_000 // DAY * DAY


def rows(site) -> list[tuple[int, int, int]]:
    """(grain, at, people) of the course."""
    with site.app.app_context():
        found = db.db.session.scalars(db.db.select(Attendance).order_by(Attendance.grain, Attendance.at))
        return [(row.grain, row.at, row.people) for row in found]


def record(site, *minutes: tuple[int, int]) -> None:
    with site.app.app_context():
        for at, people in minutes:
            attendance.record({"web": people}, at)


def test_a_minute_is_one_row_with_the_number_that_everyone_sees(site):
    site.clock.now = START + 90
    for name in ("ada", "tim", "hedy"):
        site.tab(name, site.lessons[0])
    site.app.extensions["classroom"].sample()
    total = site.presence.states("web")[1]["total"]
    assert rows(site) == [(MINUTE, START + MINUTE, total)]
    assert total == 2


def test_no_learners_make_no_row(site):
    site.app.extensions["classroom"].sample()
    assert rows(site) == []


def test_the_second_process_of_a_minute_changes_nothing(site):
    record(site, (START, 3), (START + 59, 4), (START + 60, 5))
    assert rows(site) == [(MINUTE, START, 3), (MINUTE, START + 60, 5)]


def test_minutes_become_hours_once_they_are_over_and_the_old_are_let_go(site):
    record(site, (START, 3), (START + 10 * MINUTE, 7), (START + HOUR, 2))
    with site.app.app_context():
        attendance.tidy(START + HOUR + 5)
        attendance.tidy(START + HOUR + 5)
    assert [row for row in rows(site) if row[0] == HOUR] == [(HOUR, START, 7)]
    with site.app.app_context():
        attendance.tidy(START + 2 * DAY)
    assert rows(site) == [(HOUR, START, 7), (HOUR, START + HOUR, 2)]
    with site.app.app_context():
        attendance.tidy(START + 32 * DAY)
    assert rows(site) == []


def test_it_stays_small(site):
    """A full day of minutes leaves a day of minutes; nothing grows with people."""
    record(site, *((START + minute * MINUTE, 1 + minute % 7) for minute in range(0, 2 * 24 * 60, 5)))
    with site.app.app_context():
        attendance.tidy(START + 2 * DAY)
    kept = rows(site)
    assert len([row for row in kept if row[0] == MINUTE]) == 25 * 12
    assert len([row for row in kept if row[0] == HOUR]) == 48


def test_a_minute_that_cannot_be_counted_is_logged_and_the_next_one_comes(site, monkeypatch, caplog):
    sampler, slept = site.app.extensions["classroom"], []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            raise SystemExit

    monkeypatch.setattr(site.presence.server, "sleep", sleep)
    monkeypatch.setattr(attendance, "record", lambda *_: 1 / 0)
    site.clock.now = START + 15.0
    with suppress(SystemExit):
        sampler._run()
    assert slept == [45.0, 45.0, 45.0]
    assert caplog.text.count("could not be counted") == 2
