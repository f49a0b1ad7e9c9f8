"""Polls without a socket: the forms of the card, and the card alone, for a page that wants it anew."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from courses import Lesson, url
from live.lessons import lesson_or_404
from live.participants import Participant, participant
from live.refused import Refused

from .asking import find
from .service import Polls

ADDRESS = "/courses/<course>/<section>/<lesson>/polls/<poll>"


def reader() -> Participant | None:
    """The participant who sends this request; None for a guest."""
    user = current_user
    return participant(user, user.simulated) if user.is_authenticated else None


def make_blueprint(polls: Polls) -> Blueprint:
    blueprint = Blueprint("polls", __name__)

    @blueprint.get(ADDRESS)
    def card(course, section, lesson, poll):
        found = lesson_or_404(course, section, lesson)
        return refusing(found, poll, lambda: render(found, find(found, poll).id))

    def render(lesson: Lesson, poll: str) -> str:
        part = next(part for part in lesson.parts if getattr(part, "anchor", "") == f"poll-{poll}")
        return render_template("live/card.html", card=polls.cards(lesson, reader())[poll], lesson=lesson, part=part)

    @blueprint.post(ADDRESS)
    def answer(course, section, lesson, poll):
        found = lesson_or_404(course, section, lesson)
        chosen = request.form.get("option", "")
        return saving(found, poll, "Sign in to answer.", lambda by: polls.answer(by, found, poll, chosen))

    @blueprint.post(f"{ADDRESS}/round")
    def change_round(course, section, lesson, poll):
        """An instructor asks the class, closes the round or shows the results."""
        found = lesson_or_404(course, section, lesson)
        return saving(found, poll, "Sign in to ask the class.", lambda by: _change_round(polls, by, found, poll))

    return blueprint


def _change_round(polls: Polls, by: Participant, lesson: Lesson, poll: str) -> None:
    what = request.form.get("do")
    if what == "ask":
        seconds = request.form.get("seconds", "0")
        polls.ask(by, lesson, poll, int(seconds) if seconds.isdecimal() and len(seconds) < 4 else -1)
    elif what in ("close", "show"):
        getattr(polls, what)(by, lesson, poll)
    else:
        raise Refused("A round is asked, closed or shown.", 422)


def saving(lesson: Lesson, poll: str, sign_in: str, save: Callable[[Participant], object]) -> ResponseReturnValue:
    """Do what a form asks and go back to the card."""
    by = reader()
    here = f"{url(lesson.place)}#poll-{poll}"
    if by is None:
        flash(sign_in)
        return redirect(url_for("accounts.login", next=url(lesson.place)), 303)

    def save_and_return() -> Response:
        save(by)
        return redirect(here, 303)

    return refusing(lesson, poll, save_and_return)


def refusing(lesson: Lesson, poll: str, act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """What `act` returns, or a page with the sentence that says why not."""
    try:
        return act()
    except Refused as refused:
        back = f"{url(lesson.place)}#poll-{poll}" if refused.status != 404 else url(lesson.place)
        return render_template("live/refused.html", sentence=str(refused), back=back), refused.status
