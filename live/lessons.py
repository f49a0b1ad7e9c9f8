"""The lesson of a request or a socket."""

from flask import abort

from courses import Lesson, current_catalog


def lesson_at(place: str) -> Lesson | None:
    found = current_catalog().find(place)
    return found if isinstance(found, Lesson) else None


def lesson_or_404(course: str, section: str, lesson: str) -> Lesson:
    place = f"{course}/{section}/{lesson}"
    return lesson_at(place) or abort(404, f"No lesson at '{place}'.")
