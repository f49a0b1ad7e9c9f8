"""Runs the rooms' own code, which may ask a database: in an app context, with nothing locked.

It may yield, so what comes back is applied only where it still belongs.
"""

import logging
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import perf_counter

from flask import Flask, has_app_context

from ..core.payloads import Json
from ..core.places import Place
from .attendee import Attendee
from .cells import LimitExceeded, bounded, frozen
from .room import Room

logger = logging.getLogger("presence")

EVERYONE = ("",)
"""The audiences of most people: one tuple for all of them."""
SLOW_SECONDS = 0.02
"""A load that takes longer is worth a line in the log: on eventlet everyone waits for it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The answer of a room's code for one socket: its audiences, and the cells of those in which no one counts yet.

    `stales` is `Host.stales` as it was before the question.
    """

    audiences: tuple[str, ...]
    cells: dict[str, dict[str, Json]]
    stales: int


class Loader:
    """`loads` counts."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.loads = 0

    def context(self) -> AbstractContextManager[object]:
        """An app context; in a view, the current one."""
        return nullcontext() if has_app_context() else self._app.app_context()

    def complain(self, sentence: str) -> None:
        """Report that the code of a room has broken a limit: an error in tests, a line in the log in service."""
        if self._app.testing:
            raise LimitExceeded(sentence)
        logger.error(sentence)

    def opens_at(self, room: Room, place: Place) -> bool:
        """Whether a place has a room."""
        with self.context():
            return room.opens_at(place)

    def load(self, room: Room, place: str, audience: str) -> dict[str, Json]:
        """The durable cells of an audience; none when they break a limit."""
        started = perf_counter()
        with self.context():
            loaded = room.load(place, audience)
        self.loads += 1
        if (seconds := perf_counter() - started) > SLOW_SECONDS:
            logger.warning("The room %s took %d ms to load its cells.", room.name, seconds * 1000)
        try:
            cells = {str(name): frozen(str(name), value) for name, value in loaded.items() if value is not None}
        except LimitExceeded as error:
            self.complain(f"The room {room.name} loads too much: {error}")
            return {}
        kept = bounded(cells)
        if len(kept) < len(cells):
            self.complain(f"The room {room.name} loads more cells than one audience may have.")
        return kept

    def audiences(self, room: Room, who: Attendee) -> tuple[str, ...]:
        """The audiences that someone is in, that of everyone first."""
        with self.context():
            named = [audience for audience in room.audiences(who) if isinstance(audience, str) and audience]
        return ("", *dict.fromkeys(named)) if named else EVERYONE
