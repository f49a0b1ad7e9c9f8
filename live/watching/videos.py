"""The videos of the lessons, by place and id."""

from collections.abc import Mapping

from flask import Flask

from courses import Block, Catalog, Lesson, catalog_of
from presence.rooms import Rejected

from .block import Video

Table = Mapping[str, Mapping[str, Video]]


class Videos:
    """Keeps the table of the catalog that it saw last; the courses may be read again while the site runs."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._catalog: Catalog | None = None
        self._by_place: Table = {}

    def at(self, place: str) -> Mapping[str, Video]:
        """By id, in the order of the lesson; none for a place that is not a lesson."""
        catalog = catalog_of(self._app)
        if catalog is not self._catalog:
            self._catalog, self._by_place = catalog, _table(catalog)
        return self._by_place.get(place, {})

    def find(self, place: str, video: str) -> Video:
        """A video of a lesson, the first one for "". Raises Rejected when there is none."""
        videos = self.at(place)
        found = videos.get(video or next(iter(videos), ""))
        if found is None:
            raise Rejected(f"There is no video {video[:100]!r} on this lesson.")
        return found


def _table(catalog: Catalog) -> Table:
    lessons = (lesson for course in catalog.courses for lesson in course.lessons)
    return {lesson.place: videos for lesson in lessons if (videos := _videos_of(lesson))}


def _videos_of(lesson: Lesson) -> dict[str, Video]:
    return {part.id: part.value for part in lesson.parts if isinstance(part, Block) and part.kind == "video"}
