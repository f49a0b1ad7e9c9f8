"""Features that people use together in a lesson: each a package here, a tenant of `presence.rooms`.

    live.add_blocks(app)             before courses.init_app: what authors may write
    live.init_app(app, presence)     after both: pages, forms and rooms

A feature has `add_blocks(app)` and `init_app(app, presence)`, both optional. Nothing imports `live` but app.py.
`flask room new NAME` (new_room) writes the files of another.
"""

from flask import Flask

from presence import Presence
from web.fragments import Macros

from . import pairing, pointers, polls, reactions, reading_lamp, reviewing, timer, watching, wave
from .new_room import group

FEATURES = (polls, reactions, timer, watching, pointers, reading_lamp, wave, pairing, reviewing)

CLASS_PANELS = ("live/class_polls.html", "live/class_lost.html")
CLASS_MARKS = ("live/class_mark.html",)


def add_blocks(app: Flask) -> None:
    for feature in FEATURES:
        if hasattr(feature, "add_blocks"):
            feature.add_blocks(app)


def forget_simulated() -> None:
    """Delete what simulated classmates have written, so that the numbers count real people only."""
    for feature in FEATURES:
        if hasattr(feature, "forget_simulated"):
            feature.forget_simulated()


def init_app(app: Flask, presence: Presence) -> None:
    app.jinja_env.globals["live_ui"] = Macros(app, "live/_macros.html")
    for feature in FEATURES:
        if hasattr(feature, "init_app"):
            feature.init_app(app, presence)
    app.cli.add_command(group)
