"""The instructor's pages: all courses, the map of one, and its plots alone, which the map asks for once a minute."""

from flask import Blueprint, abort, current_app, render_template, request
from flask_login import current_user

from courses import Course, current_catalog
from web import health

from . import attendance, course_map, metrics_history
from .chart import HOUR, SPANS, Plot, plot
from .metric_card import Figure, figures

blueprint = Blueprint("classroom", __name__, url_prefix="/class")

SIZES = ("normal", "large")


@blueprint.before_request
def require_instructor():
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    if current_user.role != "instructor":
        abort(403, "The class is shown to instructors.")
    return None


@blueprint.get("")
def index():
    courses = current_catalog().courses
    plots = {course.slug: _plot(course.slug, SPANS[0]) for course in courses}
    may_see_system = health.may_read_metrics()
    return render_template(
        "classroom/index.html", place="", courses=courses, plots=plots, may_see_system=may_see_system
    )


@blueprint.get("/system")
def system():
    """The process at a glance, for who may read `/metrics`: sockets tell of the hidden too."""
    return render_template("classroom/system.html", place="", figures=_figures())


@blueprint.get("/system/numbers")
def system_numbers():
    return render_template("classroom/numbers.html", figures=_figures())


@blueprint.get("/<course>")
def course(course):
    """The map of a course; `size=large` is for a projector."""
    found = _course(course)
    blocks = course_map.blocks(found, _states(found))
    return render_template(
        "classroom/course.html",
        place=found.place,
        course=found,
        blocks=blocks,
        asking=course_map.asking(blocks),
        longest=course_map.longest(blocks),
        plots=_plots(found),
        size=request.args.get("size") if request.args.get("size") in SIZES else SIZES[0],
        now=current_app.extensions["presence"].clock(),
    )


@blueprint.get("/<course>/attendance")
def course_attendance(course):
    return render_template("classroom/attendance.html", course=_course(course), plots=_plots(_course(course)))


def _figures() -> list[Figure]:
    if not health.may_read_metrics():
        abort(403, "The system is shown to instructors on the machine that it runs on, unless METRICS_TOKEN is set.")
    return figures(current_app.extensions["gauges"].readings, metrics_history.STEP_SECONDS, metrics_history.LENGTH)


def _course(slug: str) -> Course:
    return current_catalog().course(slug) or abort(404, f"No course at '{slug}'.")


def _states(course: Course) -> dict[str, dict]:
    presence = current_app.extensions["presence"]
    return {section.place: presence.states(section.place)[-1] for section in course.sections}


def _plots(course: Course) -> list[Plot]:
    return [_plot(course.slug, span) for span in SPANS]


def _plot(course: str, span) -> Plot:
    now = current_app.extensions["presence"].clock()
    # The hours of today are not all over.
    grains = (attendance.MINUTE, attendance.HOUR) if span.step >= HOUR else (attendance.MINUTE,)
    samples = attendance.since(course, now - span.seconds, grains)
    return plot(span, samples, now, current_app.extensions["classroom"].total(course))
