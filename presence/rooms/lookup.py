"""Looks people up by their key, for the code of rooms: only those who are here, and visible to everyone."""

from ..core.people import Person
from ..core.visibility import person
from .attendee import Attendee
from .process import Process


class Lookup:
    def __init__(self, node: Process) -> None:
        self._node = node

    def person(self, key: str) -> Person | None:
        """The person at all of their places."""
        with self._node.lock:
            found = self._node.roster.shown(key)
            if found is None:
                return None
            return person(found.user, key, found.places, found.status, found.since, found.company)

    def attendee(self, key: str) -> Attendee | None:
        """The same as an attendee, at one of their places."""
        with self._node.lock:
            found = self._node.roster.shown(key)
            return Attendee.of(found.user, key, found.places[0], None) if found else None
