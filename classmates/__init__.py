"""Simulated classmates, so that one person alone sees presence at work.

    flask classmates 4 --course realtime --seed 7 --for 10m

They are real Socket.IO clients that join the running site. Each is signed in as a sample user through a session marked
as simulated, and the site shows that mark beside every face. Making such a session takes write access to the site's
database. `python app.py --classmates 4` starts the same command beside the server.
"""

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

import accounts
import courses
from server import local_url

from . import forgetting
from .attention import Attention
from .classmate import Classmate
from .companion import Companion
from .process import alongside as alongside
from .script import Reading, Step, script
from .text_blocks import text_blocks

MOST = 200
COMPANIONS = 2
SECONDS_A_MINUTE_OF_READING = 60.0
UNITS = {"s": 1, "m": 60, "h": 3600}


def init_app(app: Flask, forget: Callable[[], None]) -> None:
    """`forget` removes what simulated classmates have left in the database; it is called before and after each run."""
    app.extensions["classmates"] = forget
    app.cli.add_command(classmates)


def duration(_context: click.Context, _parameter: click.Parameter, text: str | None) -> float | None:
    """Convert `90s`, `10m` or `2h` to seconds."""
    if text is None:
        return None
    if not (found := re.fullmatch(r"(\d+)([smh])", text)):
        raise click.BadParameter(f"A duration is a number and s, m or h, like 10m, not {text!r}.")
    return int(found[1]) * UNITS[found[2]]


@click.command("classmates")
@click.argument("count", type=click.IntRange(1, MOST))
@click.option("--url", help="The running site; default: HOST and PORT.")
@click.option("--course", help="The course they study; default: all.")
@click.option("--seed", default="1", help="The same seed gives the same classmates.")
@click.option("--speed", default=1.0, type=click.FloatRange(0.1, 100), help="How much faster than people they read.")
@click.option("--for", "seconds", callback=duration, help="How long, like 10m; default: until interrupted.")
@with_appcontext
def classmates(count: int, url: str | None, course: str | None, seed: str, speed: float, seconds: float | None) -> None:
    """Let COUNT simulated classmates study the lessons."""
    url = url or local_url(current_app.config["HOST"], current_app.config["PORT"])
    readings, stop = _readings(course), threading.Event()
    users = accounts.sample_users.classmates(count)
    cookies = [accounts.sessions.cookie(accounts.sessions.issue(user, simulated=True)) for user in users]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    place = readings[0].place
    # What a killed run left behind.
    _forget(url, cookies[0], place)
    makers = [partial(script, readings, f"{seed}-{number}", speed) for number in range(count)]
    threads = [
        threading.Thread(target=_classmate(number, url, cookie, make, readings, stop).run)
        for number, (cookie, make) in enumerate(zip(cookies, makers, strict=True))
    ]
    click.echo(f"{count} simulated classmates: {', '.join(user.name for user in users)}.")
    try:
        _run(threads, stop, seconds)
    finally:
        _forget(url, cookies[0], place)


def _forget(url: str, cookie: str, place: str) -> None:
    """Remove what simulated classmates have left in the database: by the site, if it runs, which tells its pages."""
    forgetting.ask(url, cookie, place)
    current_app.extensions["classmates"]()


def _classmate(
    number: int,
    url: str,
    cookie: str,
    make: Callable[..., Iterator[Step]],
    readings: Sequence[Reading],
    stop: threading.Event,
) -> Classmate:
    """Two keep a real reader company: the first is one step ahead, and the second on the same lesson."""
    attention = Attention(number, time.monotonic, is_companion=number < COMPANIONS, offers_help=number == 0)
    if number >= COMPANIONS:
        return Classmate(url, cookie, make(), stop, attention)
    lessons = [reading.place for reading in readings]
    begin = partial(Companion, lessons=lessons, script_from=lambda place: make(start=place), is_beside=number == 0)
    return begin(url, cookie, make(), stop, attention)


def _run(threads: list[threading.Thread], stop: threading.Event, seconds: float | None) -> None:
    ends = time.monotonic() + seconds if seconds else float("inf")
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) and time.monotonic() < ends:
        if stop.wait(0.5):
            break
    stop.set()
    for thread in threads:
        thread.join()


def _readings(course: str | None) -> list[Reading]:
    return [_reading(lesson) for one in _chosen(course) for lesson in one.lessons]


def _chosen(course: str | None) -> tuple[courses.Course, ...]:
    catalog = courses.current_catalog()
    if not course:
        return catalog.courses
    found = catalog.course(course)
    if found is None:
        raise click.BadParameter(f"There is no course {course!r}.")
    return (found,)


def _reading(lesson: courses.Lesson) -> Reading:
    polls = {
        part.id: [option.id for option in part.value.options]
        for part in lesson.parts
        if isinstance(part, courses.Block) and part.kind == "poll"
    }
    chapters = [chapter.anchor for chapter in lesson.chapters] if lesson.reactions else []
    videos = {
        part.id: part.value.length
        for part in lesson.parts
        if isinstance(part, courses.Block) and part.kind == "video" and not part.value.youtube
    }
    minute = SECONDS_A_MINUTE_OF_READING
    return Reading(lesson.place, lesson.minutes * minute, polls, chapters, videos, text_blocks(lesson))
