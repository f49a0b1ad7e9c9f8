""" "I can help": an answer to "stuck here" and "happy to pair". The other accepts, and the two are pairing."""

from flask import Flask

from courses import add_template
from presence import Presence

from .room import Pairing

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "every_page", "live/pairing.html")


def init_app(app: Flask, presence: Presence) -> None:
    Pairing(presence, app.config["MEETING_URL"])
