"""Counts the people in each course once a minute while the server runs.

All reads come before the first write, so nothing yields inside a transaction. An error in one minute is logged and the
next minute is counted as usual.
"""

import logging

from flask import Flask

import presence
from courses import current_catalog

from . import attendance

logger = logging.getLogger("classroom")


class AttendanceSampler:
    """The background counter, `app.extensions["classroom"]`. Only a serving program calls `start()`."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._started = False
        self._tidied_hour: int | None = None

    def start(self) -> None:
        """Start counting in the background."""
        if not self._started:
            self._started = True
            self._presence.server.start_background_task(self._run)

    def sample(self) -> None:
        """Count once. Tests call it directly."""
        now = self._presence.clock()
        with self._app.app_context():
            totals = {course.slug: self.total(course.slug) for course in current_catalog().courses}
            attendance.record(totals, now)
            if self._tidied_hour != (hour := int(now) // attendance.HOUR):
                attendance.tidy(now)
                self._tidied_hour = hour

    def total(self, course: str) -> int:
        """The public number of people in a course."""
        return self._presence.states(course)[1]["total"]

    @property
    def _presence(self) -> presence.Presence:
        return presence.of(self._app)

    def _run(self) -> None:
        while True:
            self._presence.server.sleep(attendance.MINUTE - self._presence.clock() % attendance.MINUTE)
            try:
                self.sample()
            except Exception:
                logger.exception("This minute's people could not be counted.")
