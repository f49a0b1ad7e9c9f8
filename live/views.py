"""Shared parts of the features' forms: the sender, and the page that says why a form was refused."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from courses import Lesson, url

from .participants import Participant, participant
from .refused import Refused


def reader() -> Participant | None:
    """The participant who sends this request; None for a guest."""
    return participant(current_user, current_user.simulated) if current_user.is_authenticated else None


def saving(lesson: Lesson, anchor: str, sign_in: str, save: Callable[[Participant], object]) -> ResponseReturnValue:
    """Do what a form asks, and go back to where it stands; a guest is told to sign in."""
    by = reader()
    if by is None:
        flash(sign_in)
        return redirect(url_for("accounts.login", next=url(lesson.place)), 303)

    def save_and_return() -> ResponseReturnValue:
        save(by)
        return redirect(_back(lesson, anchor), 303)

    return refusing(lesson, anchor, save_and_return)


def refusing(lesson: Lesson, anchor: str, act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The result of `act`, or a page with the sentence that says why it was refused."""
    try:
        return act()
    except Refused as refused:
        back = at(lesson, "" if refused.status == 404 else anchor)
        return render_template("live/refused.html", sentence=str(refused), back=back), refused.status


def _back(lesson: Lesson, anchor: str) -> str:
    """The page that the form stood on: the lesson, or the class."""
    if request.form.get("back") == "class":
        return url_for("classroom.course", course=lesson.place.split("/")[0])
    return at(lesson, anchor)


def at(lesson: Lesson, anchor: str) -> str:
    return f"{url(lesson.place)}#{anchor}" if anchor else url(lesson.place)
