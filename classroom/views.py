"""The instructor's pages: all courses, the map of one course, and its charts alone, which the map polls."""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

import presence
from courses import Course, current_catalog
from presence.core.payloads import State
from web import health

from . import attendance, course_map, metrics_history
from .chart import HOUR, SPANS, Chart, Span, chart
from .metric_card import MetricCard, metric_cards
from .room_rates import RatedRoom

blueprint = Blueprint("classroom", __name__, url_prefix="/class")

SIZES = ("normal", "large")


@blueprint.before_request
def require_instructor() -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if current_user.role != "instructor":
        abort(403, "Only instructors can see the class.")
    return None


@blueprint.get("")
def index() -> str:
    courses = current_catalog().courses
    plots = {course.slug: _chart(course.slug, SPANS[0]) for course in courses}
    may_see_system = health.may_read_metrics()
    return render_template(
        "classroom/index.html", place="", courses=courses, plots=plots, may_see_system=may_see_system
    )


@blueprint.get("/system")
def system() -> str:
    """The process at a glance. Only for readers of `/metrics`: its numbers count hidden users too."""
    return render_template("classroom/system.html", place="", figures=_cards(), rooms=_rooms())


@blueprint.get("/system/numbers")
def system_numbers() -> str:
    return render_template("classroom/numbers.html", figures=_cards(), rooms=_rooms())


@blueprint.get("/<course>")
def course(course: str) -> str:
    """The map of a course; `size=large` is for a projector."""
    found = _course(course)
    sections = course_map.section_people(found, _states(found))
    return render_template(
        "classroom/course.html",
        place=found.place,
        course=found,
        blocks=sections,
        asking=course_map.asking_for_help(sections),
        longest=course_map.longest_present(sections),
        plots=_charts(found),
        size=request.args.get("size") if request.args.get("size") in SIZES else SIZES[0],
        now=presence.of(current_app).clock(),
    )


@blueprint.get("/<course>/attendance")
def course_attendance(course: str) -> str:
    return render_template("classroom/attendance.html", course=_course(course), plots=_charts(_course(course)))


def _cards() -> list[MetricCard]:
    if not health.may_read_metrics():
        abort(403, "The system is shown to instructors on the machine that it runs on, unless METRICS_TOKEN is set.")
    return metric_cards(current_app.extensions["gauges"].readings, metrics_history.STEP_SECONDS, metrics_history.LENGTH)


def _rooms() -> list[RatedRoom]:
    return current_app.extensions["room_rates"].rows()


def _course(slug: str) -> Course:
    return current_catalog().course(slug) or abort(404, f"No course at '{slug}'.")


def _states(course: Course) -> dict[str, State]:
    here = presence.of(current_app)
    return {section.place: here.states(section.place)[-1] for section in course.sections}


def _charts(course: Course) -> list[Chart]:
    return [_chart(course.slug, span) for span in SPANS]


def _chart(course: str, span: Span) -> Chart:
    now = presence.of(current_app).clock()
    # The current hour has no row yet, only minutes.
    grains = (attendance.MINUTE, attendance.HOUR) if span.step >= HOUR else (attendance.MINUTE,)
    samples = attendance.since(course, now - span.seconds, grains)
    return chart(span, samples, now, current_app.extensions["classroom"].total(course))
