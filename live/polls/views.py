"""Polls without a socket: the forms of the card, and the card alone, for a page that wants it anew."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from courses import Lesson
from live.lessons import lesson_or_404
from live.participants import Participant
from live.refused import Refused
from live.views import reader, refusing, saving

from .asking import find
from .service import Polls

ADDRESS = "/courses/<course>/<section>/<lesson>/polls/<poll>"


def make_blueprint(polls: Polls) -> Blueprint:
    blueprint = Blueprint("polls", __name__)

    @blueprint.get(ADDRESS)
    def card(course: str, section: str, lesson: str, poll: str) -> ResponseReturnValue:
        found = lesson_or_404(course, section, lesson)
        return refusing(found, f"poll-{poll}", lambda: _card(polls, found, find(found, poll).id))

    @blueprint.post(ADDRESS)
    def answer(course: str, section: str, lesson: str, poll: str) -> ResponseReturnValue:
        found = lesson_or_404(course, section, lesson)
        option = request.form.get("option", "")
        return saving(found, f"poll-{poll}", "Sign in to answer.", lambda by: polls.answer(by, found, poll, option))

    @blueprint.post(f"{ADDRESS}/round")
    def change_round(course: str, section: str, lesson: str, poll: str) -> ResponseReturnValue:
        """An instructor asks the class, closes the round or shows the results."""
        found = lesson_or_404(course, section, lesson)
        sign_in = "Sign in to ask the class."
        return saving(found, f"poll-{poll}", sign_in, lambda by: _change_round(polls, by, found, poll))

    return blueprint


def _card(polls: Polls, lesson: Lesson, poll: str) -> str:
    part = next(part for part in lesson.parts if getattr(part, "anchor", "") == f"poll-{poll}")
    return render_template("live/card.html", card=polls.cards(lesson, reader())[poll], lesson=lesson, part=part)


def _change_round(polls: Polls, by: Participant, lesson: Lesson, poll: str) -> None:
    what = request.form.get("do")
    if what == "ask":
        seconds = request.form.get("seconds", "0")
        polls.ask(by, lesson, poll, int(seconds) if seconds.isdecimal() and len(seconds) < 4 else -1)
    elif what in ("close", "show"):
        getattr(polls, what)(by, lesson, poll)
    else:
        raise Refused("A round is asked, closed or shown.", 422)
