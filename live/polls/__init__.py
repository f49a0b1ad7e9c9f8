"""Polls in a lesson's text: one answer per person and round, results held back until the reader has answered.

block.py (Markdown to value), tally.py, rounds.py, advice.py, cells.py and card.py are pure; store.py has the rows,
asking.py the rules; service.py puts them together for the room and the views.
"""

from flask import Flask, g

from accounts import data_asked
from courses import BlockKind, BlockSource, Lesson, add_block
from live.inline import inline
from live.views import reader
from presence import Presence

from . import block, store
from .asking import polls_of
from .card import Card
from .data import part_of_data
from .room import PollRoom
from .service import Polls
from .views import make_blueprint

__all__ = ["add_blocks", "forget_simulated", "init_app"]

forget_simulated = store.delete_simulated


def add_blocks(app: Flask) -> None:
    def parse(source: BlockSource) -> block.Poll:
        return block.parse(source.text, source.error)

    add_block(app, "poll", BlockKind(parse, "live/poll.html", is_secret=True))


def init_app(app: Flask, presence: Presence) -> None:
    polls = Polls(presence)
    PollRoom(presence, polls)
    app.register_blueprint(make_blueprint(polls))
    app.jinja_env.filters["inline"] = inline
    app.jinja_env.globals["poll_cards"] = lambda lesson: _cards(polls, lesson)
    app.jinja_env.globals["class_polls"] = lambda course: [
        (lesson, polls.cards(lesson, reader())) for lesson in course.lessons if polls_of(lesson)
    ]
    data_asked.connect(part_of_data, sender=app)


def _cards(polls: Polls, lesson: Lesson) -> dict[str, Card]:
    """All cards of a page are made of the same three queries."""
    if "poll_cards" not in g:
        g.poll_cards = polls.cards(lesson, reader())
    return g.poll_cards
