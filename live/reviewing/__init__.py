"""The number of people who are recalling a lesson right now, beside the viewer's own list on the catalog."""

from flask import Flask
from flask_login import current_user

from courses import add_template
from presence import Presence

from .counting import others_reviewing

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "in_recall", "live/reviewing.html")


def init_app(app: Flask, presence: Presence) -> None:
    app.jinja_env.globals["others_reviewing"] = lambda: others_reviewing(presence, current_user.id)
