"""Waves: one tap on a face, and its owner sees who waved. No text, and nothing is stored."""

from flask import Flask

from courses import add_template
from presence import Presence

from .room import Waves

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_template(app, "every_page", "live/wave.html")


def init_app(app: Flask, presence: Presence) -> None:
    Waves(presence)
