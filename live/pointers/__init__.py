"""Pointers: where the others on a lesson read and point, for those who have asked for it and share their own.

anchor.py is pure: a place in words, not in pixels. room.py is the room.
"""

from flask import Flask

from courses import add_template
from presence import Presence

from .room import Pointers

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "above_text", "live/pointers.html")


def init_app(app: Flask, presence: Presence) -> None:
    Pointers(presence)
