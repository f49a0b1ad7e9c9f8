"""Reactions to the chapters of a lesson: clap, aha, love, and lost, which leads to help.

counting.py is pure; store.py has the rows, service.py the rules, for the room and the views.
"""

from flask import Flask, g

from accounts import data_asked
from courses import Lesson, add_template
from live.views import reader
from presence import Presence

from . import report, store
from .counting import KINDS
from .data import part_of_data
from .room import ReactionRoom
from .service import Lost, Reactions, Row
from .views import make_blueprint

__all__ = ["add_blocks", "forget_simulated", "init_app"]

LABELS = {"clap": "Clap", "aha": "Aha", "love": "Love", "lost": "Lost here"}

forget_simulated = store.delete_simulated


def add_blocks(app: Flask) -> None:
    add_template(app, "after_chapter", "live/reactions.html")
    add_template(app, "in_contents", "live/lost.html")


def init_app(app: Flask, presence: Presence) -> None:
    reactions = Reactions(presence)
    ReactionRoom(presence, reactions)
    app.register_blueprint(make_blueprint(reactions))
    app.jinja_env.globals["reaction_rows"] = lambda lesson: _rows(reactions, lesson)
    app.jinja_env.globals["reaction_labels"] = {kind: LABELS[kind] for kind in KINDS}
    app.jinja_env.globals["lost_this_week"] = lambda course: _lost(reactions, course)
    app.cli.add_command(report.command(reactions))
    data_asked.connect(part_of_data, sender=app)


def _lost(reactions: Reactions, course: str) -> list[Lost]:
    if "lost_this_week" not in g:
        g.lost_this_week = reactions.lost_this_week(course)
    return g.lost_this_week


def _rows(reactions: Reactions, lesson: Lesson) -> dict[str, Row]:
    """All rows of a page are made of the same two queries."""
    rows: dict[str, Row] | None = g.get("reaction_rows")
    if rows is None:
        rows = g.reaction_rows = reactions.rows(lesson, reader())
    return rows
