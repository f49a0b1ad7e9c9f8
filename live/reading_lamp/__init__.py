"""The reading lamp on the lesson that explains it; made by `flask room new` and then changed by hand."""

from flask import Flask

from courses import add_template
from presence import Presence

from .room import LESSON, ReadingLamp

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "after_lesson", "live/reading_lamp.html")


def init_app(app: Flask, presence: Presence) -> None:
    ReadingLamp(presence)
    app.jinja_env.globals["lesson_with_lamp"] = LESSON
