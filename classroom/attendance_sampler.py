"""Counts the people of each course once a minute, as long as a server runs.

It reads first and writes afterwards, so nothing yields inside a transaction. Whatever goes wrong with one minute is
logged and the next one comes.
"""

import logging

from . import attendance

log = logging.getLogger("classroom")


class Sampler:
    """Kept as `app.extensions["classroom"]`; only a program that serves calls `start()`."""

    def __init__(self, app) -> None:
        self._app = app
        self._started = False
        self._tidied_hour: int | None = None

    def start(self) -> None:
        """Count from now on, in the background."""
        if not self._started:
            self._started = True
            self._app.extensions["gauges"].start()
            self._presence.server.start_background_task(self._run)

    def sample(self) -> None:
        """Count once. A test may call it."""
        now = self._presence.clock()
        totals = {course.slug: self.total(course.slug) for course in self._app.extensions["courses"].courses}
        with self._app.app_context():
            attendance.record(totals, now)
            if self._tidied_hour != (hour := int(now) // attendance.HOUR):
                attendance.tidy(now)
                self._tidied_hour = hour

    def total(self, course: str) -> int:
        """How many people are in a course, as everybody is told."""
        return self._presence.states(course)[1]["total"]

    @property
    def _presence(self):
        return self._app.extensions["presence"]

    def _run(self) -> None:
        while True:
            self._presence.server.sleep(attendance.MINUTE - self._presence.clock() % attendance.MINUTE)
            try:
                self.sample()
            except Exception:
                log.exception("The people of this minute could not be counted.")
