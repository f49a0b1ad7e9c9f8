"""Videos in a lesson, and watching them together: one clock that the server keeps, and a chat beside the picture.

block.py reads what an author writes, room.py is the room; shared_clock.py, chat.py and order_rate.py are pure;
frames.py widens the policy of a lesson that shows a video from elsewhere.
"""

from flask import Flask

from accounts import roles
from courses import BlockKind, add_block, add_template
from presence import Presence

from . import frames
from .block import Parser
from .room import Watching
from .videos import Videos
from .words import duration

__all__ = ["add_blocks", "init_app"]


def add_blocks(app: Flask) -> None:
    add_block(app, "video", BlockKind(Parser(app.config["VIDEO_HOSTS"] or ()).parse, "live/video.html"))
    add_template(app, "head", "live/video_head.html")


def init_app(app: Flask, presence: Presence) -> None:
    videos = Videos(app)
    room = Watching(presence, videos)
    app.jinja_env.filters["duration"] = duration
    app.jinja_env.globals.update(watching_total=room.total, chat_is_open=roles.has_instructor)
    frames.init_app(app, videos)
