"""The instructor's pages: the course as a live map, attendance over time, and the state of the process.

    classroom.init_app(app, panels, marks)      adds `/class` and `/class/<course>` for instructors, and `/class/system`
                                                for instructors who may also read the metrics
    app.extensions["classroom"].start()         counts the people in each course once a minute

Instructors see no more of anyone than other learners do. The map is built from the same states that `GET /presence`
serves, on the first paint and live; the only number kept over time is the public total. The page is at the course, so
its one socket is in the topics of the site and the course. It polls the sections' states over HTTP, visible sections
more often (static/js/classroom/).

Where to read on: `course_map` (who is on which lesson), `attendance` (the table), `attendance_sampler` (fills it),
`chart` (numbers over time as a shape), `views`; `metrics_history`, `metric_card` and `room_rates` for the system page.
"""

from collections.abc import Iterable

from flask import Flask

import presence
from web import lifecycle

from . import views
from .attendance_sampler import AttendanceSampler
from .metrics_history import MetricsHistory
from .room_rates import RoomRates


def init_app(app: Flask, panels: Iterable[str] = (), marks: Iterable[str] = ()) -> None:
    """`panels` are templates shown below the map of a course, `marks` beside each `lesson` on it."""
    app.jinja_env.globals.update(class_panels=panels, class_marks=marks)
    here = presence.of(app)
    rates = app.extensions["room_rates"] = RoomRates(here.rooms.overview)
    history = app.extensions["gauges"] = MetricsHistory(app, here.server, rates.read)
    sampler = app.extensions["classroom"] = AttendanceSampler(app)
    lifecycle.of(app).on_start.extend([history.start, sampler.start])
    app.register_blueprint(views.blueprint)
