"""Answers the rooms' code about people and cells; about people only while they are here and visible to everyone."""

from ..core.payloads import Json
from ..core.people import Person
from ..core.visibility import person
from ..transport import strict_json
from .attendee import Attendee
from .host import Host
from .loader import Loader
from .process import Process
from .room import Room


class Lookup:
    def __init__(self, node: Process, host: Host, loader: Loader) -> None:
        self._node, self._host, self._loader = node, host, loader

    def person(self, key: str) -> Person | None:
        """The person with a key, at all of their places."""
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

    def cells(self, room: Room, place: str, audience: str) -> dict[str, Json]:
        """The cells that hold now."""
        with self._node.lock:
            live = self._host.live.get((room.name, place))
            known = live.audiences.get(audience) if live and live not in self._host.stale else None
        loaded = known.loaded if known else self._loader.load(room, place, audience)
        # A copy: what the room's code does to it must not change what has been sent.
        return strict_json.copy(live.values(audience, loaded)) if live else loaded

    def now(self) -> float:
        """The moment in Unix seconds, by the log's clock."""
        return self._node.log.now()

    def total(self, room: Room, place: str) -> int:
        live = self._host.live.get((room.name, place))
        return live.attendees.total if live else 0
