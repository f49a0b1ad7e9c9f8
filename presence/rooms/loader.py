"""Runs the rooms' own code, which may ask a database: in an app context, with nothing locked.

It may yield, so what comes back is applied only where it still belongs.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

from flask import Flask, has_app_context

from ..core.payloads import Json
from ..core.places import Place
from .attendee import Attendee
from .cells import CELLS, LimitExceeded, bounded, frozen
from .checks import check_name
from .room import Room

logger = logging.getLogger("presence")

EVERYONE = ("",)
"""The audiences of most people: one tuple for all of them."""
MOST_AUDIENCES = CELLS
SLOW_SECONDS = 0.02
"""A load that takes longer is worth a line in the log: on eventlet everyone waits for it."""
asking: ContextVar[str] = ContextVar("asking", default="")
"""The room that is being asked for its cells or audiences now."""


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
        with self._asking(room):
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
        with self._asking(room):
            answer = room.audiences(who)
            # A text would be taken for the names of its letters, and a generator may have no end.
            named = [] if isinstance(answer, str) else list(islice(answer, MOST_AUDIENCES + 1))
        if isinstance(answer, str) or len(named) > MOST_AUDIENCES:
            self.complain(f"The audiences of the room {room.name} are at most {MOST_AUDIENCES} texts, in a list.")
        known = dict.fromkeys(self._checked(room, named[:MOST_AUDIENCES]))
        return ("", *known) if known else EVERYONE

    def _checked(self, room: Room, named: Iterable[str]) -> Iterator[str]:
        for audience in named:
            try:
                check_name("An audience", audience)
            except LimitExceeded as error:
                self.complain(f"In the room {room.name}: {error}")
            else:
                # Everyone is in the one without a name anyway.
                if audience:
                    yield audience

    @contextmanager
    def _asking(self, room: Room) -> Iterator[None]:
        token = asking.set(room.name)
        try:
            with self.context():
                yield
        finally:
            asking.reset(token)
