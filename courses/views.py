"""The pages of the catalog, a course and a lesson, and the completion button."""

import json
from collections.abc import Iterable
from typing import NoReturn

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from web import prefix
from web.quick_query import on_one_connection

from . import progress, review
from .anchors import place_url as url
from .course import Course, Section
from .current import current_catalog
from .finished_today import each_finished_today
from .lesson import Lesson

blueprint = Blueprint("courses", __name__)

# A rough figure: the exercises are written for about this long.
EXERCISE_MINUTES = 10


@blueprint.get("/")
@on_one_connection
def catalog() -> str:
    catalog = current_catalog()
    return render_template(
        "courses/catalog.html",
        place="",
        courses=catalog.courses,
        done=progress.done(current_user),
        recall=[lesson for lesson in map(catalog.find, to_recall()) if isinstance(lesson, Lesson)],
    )


def to_recall() -> Iterable[str]:
    return review.due(progress.finished_days(current_user), progress.today())


@blueprint.get("/courses/places.json")
def places() -> ResponseReturnValue:
    """{place: {"title", "url"}} for every place, so that a page can name where a face is."""
    titles = current_catalog().titles()
    root = request.script_root
    named = {place: {"title": title, "url": prefix.below(root, url(place))} for place, title in titles.items()}
    response = Response(json.dumps(named), mimetype="application/json")
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/courses/<course>")
@on_one_connection
def course(course: str) -> ResponseReturnValue:
    found = current_catalog().course(course) or moved("course", course)
    if not isinstance(found, Course):
        return found
    return render_template(
        "courses/course.html",
        place=found.place,
        course=found,
        done=progress.done(current_user),
        finished=finished({found.place: "a lesson here"}),
    )


@blueprint.get("/courses/<course>/<section>")
def section(course: str, section: str) -> ResponseReturnValue:
    found = current_catalog().section(course, section) or moved("section", f"{course}/{section}")
    return redirect(found.url) if isinstance(found, Section) else found


@blueprint.get("/courses/<course>/<section>/<lesson>")
@on_one_connection
def lesson(course: str, section: str, lesson: str) -> ResponseReturnValue:
    catalog = current_catalog()
    found = catalog.lesson(course, section, lesson) or moved("lesson", f"{course}/{section}/{lesson}")
    if not isinstance(found, Lesson):
        return found
    return render_template(
        "courses/lesson.html",
        place=found.place,
        course=catalog.course(course),
        section=catalog.section(course, section),
        lesson=found,
        exercise_minutes=EXERCISE_MINUTES,
        done=progress.done(current_user),
        before=catalog.find(found.before),
        after=catalog.find(found.after),
        finished=finished({found.place: "this lesson", course: "a lesson of this course"}),
    )


def moved(kind: str, place: str) -> Redirect:
    """A redirect to where the place is now; 404 for one that never was."""
    now = current_catalog().moved.get(place) or missing(kind, place)
    return redirect(url(now), 301)


@blueprint.post("/courses/<course>/<section>/<lesson>/completion")
def completion(course: str, section: str, lesson: str) -> ResponseReturnValue:
    catalog, place = current_catalog(), f"{course}/{section}/{lesson}"
    found = catalog.find(catalog.moved.get(place, place))
    if not isinstance(found, Lesson):
        missing("lesson", place)
    if not current_user.is_authenticated:
        # Back to the lesson, not to this address, which a browser cannot open after the sign-in.
        flash("Sign in to keep your progress.")
        return redirect(url_for("accounts.login", next=found.url), 303)
    if request.form.get("undo") == "1":
        progress.unmark(current_user, found.place)
    else:
        progress.mark(current_user, found.place)
    return redirect(found.url, 303)


def finished(places: dict[str, str]) -> tuple[int, str] | None:
    """(number of people, what they finished today) at the first place with any; None without one."""
    numbers = each_finished_today(tuple(places), current_user)
    return next(((n, what) for n, what in zip(numbers, places.values(), strict=True) if n), None)


def missing(kind: str, name: str) -> NoReturn:
    abort(404, f"No {kind} at '{name}'.")
