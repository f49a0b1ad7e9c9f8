"""Videos in a lesson, and watching them together: one clock that the server keeps, and a chat beside the picture.

block.py reads what an author writes; frames.py widens the policy of a lesson that shows a video from elsewhere.
"""

from flask import Flask

from courses import BlockKind, add_block
from presence import Presence

from . import frames
from .block import Parser
from .words import duration

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_block(app, "video", BlockKind(Parser(app.config["VIDEO_HOSTS"] or ()).parse, "live/video.html"))


def init_app(app: Flask, presence: Presence) -> None:
    app.jinja_env.filters["duration"] = duration
    frames.init_app(app)
