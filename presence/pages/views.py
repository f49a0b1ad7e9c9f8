"""Presence over HTTP: the JSON states, and the first paint for templates."""

from collections.abc import Callable, Iterator
from typing import Protocol

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from ..change_log import ChangeLog, Lock
from ..core.payloads import State
from ..core.people import STUDY_STATUSES, Keys, Person, User
from ..core.places import Place, topics_of
from ..core.roster import Roster
from ..core.visibility import person
from . import first_paint as painting
from .first_paint import FirstPaint
from .viewer import Viewer, viewer_of


class Source(Protocol):
    """The part of a node that the pages read."""

    @property
    def lock(self) -> Lock: ...

    @property
    def keys(self) -> Keys: ...

    @property
    def log(self) -> ChangeLog: ...

    @property
    def roster(self) -> Roster: ...

    def states(self, path: str) -> list[State]: ...


class Pages:
    """`identify` and `locate` are the site's, called within a request."""

    def __init__(
        self, source: Source, identify: Callable[[], User | None], locate: Callable[[str], Place | None]
    ) -> None:
        self._source, self._identify, self._locate = source, identify, locate

    def blueprint(self) -> Blueprint:
        """`GET /presence`, and `first_paint` and `seen_by_others` in all templates."""
        blueprint = Blueprint("presence", __name__)
        blueprint.get("/presence", endpoint="states")(self._states)
        blueprint.record(lambda setup: setup.app.jinja_env.globals.update(study_statuses=STUDY_STATUSES))
        blueprint.app_context_processor(
            lambda: {"first_paint": self.first_paint, "seen_by_others": self.seen_by_others}
        )
        return blueprint

    def first_paint(self, path: str) -> FirstPaint:
        """The first paint of the page at a place, for the user who requests it."""
        place = self._locate(path) or Place("")
        states = self._source.states(place.path)
        with self._source.lock:
            more = list(_rest_of_page(self._source.roster, place.path))
        return painting.first_paint(place, states, more, self._viewer(place), self._source.log.now())

    def seen_by_others(self) -> Person | None:
        """The user who sends this request as others see them now, wherever they are; None when they do not."""
        user = self._identify()
        with self._source.lock:
            member = self._source.roster.members.get(user.id) if user else None
            if member is None:
                return None
            return person(member.user, member.key, member.places, member.status, member.since, member.company)

    def _states(self) -> ResponseReturnValue:
        """The states of a place's topics, as the sockets get them: `{"states": [presence_state, …]}`, outermost first.

        401 for guests, 404 for a place that does not exist, 304 when nothing has changed since the ETag that was sent.
        """
        if self._identify() is None:
            return jsonify(error="login required"), 401
        path = request.args.get("place", "")
        place = self._locate(path)
        if place is None:
            return jsonify(error=f"No place at {path!r}."), 404
        response = jsonify(states=self._source.states(place.path))
        response.add_etag()
        response.headers["Cache-Control"] = "private, no-cache"
        return response.make_conditional(request)

    def _viewer(self, place: Place) -> Viewer | None:
        user = self._identify()
        if user is None:
            return None
        key, now = self._source.keys.of(user), self._source.log.now()
        with self._source.lock:
            member = self._source.roster.members.get(user.id)
            if member is None:
                return viewer_of(user, key, place, [], now)
            arrived = {place.path: now} | member.arrived
            return viewer_of(user, key, place, member.places, member.since, member.company, arrived)


def _rest_of_page(roster: Roster, path: str) -> Iterator[State]:
    """The states of the topics that a page lists and is not in: a course's sections, or in the catalog the courses."""
    course, own = path.split("/")[0], topics_of(path)
    for topic in roster.topics.values():
        if topic.path not in own and _is_listed(topic.path, course):
            yield topic.state()


def _is_listed(topic: str, course: str) -> bool:
    return topic.startswith(course + "/") if course else "/" not in topic
