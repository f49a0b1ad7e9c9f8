"""The study timer: 25 minutes of work and 5 of rest, shared by those on a lesson or a course page who join it."""

from flask import Flask

from courses import add_template
from presence import Presence

from .room import StudyTimer

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "after_lesson", "live/timer.html")
    add_template(app, "after_course", "live/timer.html")


def init_app(app: Flask, presence: Presence) -> None:
    timer = StudyTimer(presence)
    app.jinja_env.globals["study_timer"] = timer
