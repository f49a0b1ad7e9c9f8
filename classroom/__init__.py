"""What an instructor sees of the class: the course as a live map, and how many people were here lately.

    classroom.init_app(app)                     adds `/class` and `/class/<course>`, for the role instructor alone, and
                                                `/class/system` for one who may read the metrics too
    app.extensions["classroom"].start()         the server that runs counts the people of each course once a minute

Nothing here knows more of anybody than their neighbours do. The map is made of the states that `GET /presence` gives
to everybody, on the first paint as well as live; what is kept over time is the one number that everybody sees. The
page is at the course, so it is in the topics of the site and the course over the one socket that every page has; it
asks for the states of the sections over HTTP, those in view more often (static/js/classroom/).

Where to read on: `map` (who is on which lesson), `attendance` (the table), `sampler` (who counts, and when), `plot`
(numbers over time as a line), `views`; `gauges` and `figure` for the page about the system.
"""

from . import views
from .attendance_sampler import Sampler
from .metrics_history import Gauges


def init_app(app):
    app.extensions["gauges"] = Gauges(app, app.extensions["presence"].server)
    app.extensions["classroom"] = Sampler(app)
    app.register_blueprint(views.blueprint)
