"""Reactions of a classmate to other people, some seconds later, as people do. Pure.

Waves back, answers an offer of help, and ends the pairing after a while. Companions also go along with a real reader;
one of them offers help to readers who ask for company.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

from .readers import Readers

DELAYS = {"wave back": (2, 6), "answer offer": (4, 9), "end pairing": (240, 480), "offer": (8, 20), "go along": (3, 8)}
Action = tuple[str, ...]


class Attention:
    """`hear` is called with the events of a page, by any thread; `due` gives what is to be done by now."""

    def __init__(
        self, seed: object, clock: Callable[[], float], is_companion: bool = False, offers_help: bool = True
    ) -> None:
        self._chance = random.Random(str(seed))  # noqa: S311  nothing here is a secret
        self._clock, self._is_companion, self._offers_help = clock, is_companion, offers_help
        self._planned: list[tuple[float, Action]] = []
        self._asking: set[tuple[str, str]] = set()
        self.readers = Readers()

    def hear(self, event: str, message: Mapping[str, Any]) -> None:
        if event in ("presence_state", "presence_diff"):
            self.readers.hear(message)
            self._notice()
        elif event in ("room_state", "room_diff"):
            # A state holds what was sent between the entering of a place and the joining of its rooms.
            self._hear_room(message["room"], message.get("cells", {}))

    def plan(self, name: str, *about: str) -> None:
        """Do something soon, unless it is planned already."""
        action = (name, *about)
        if all(action != planned for _, planned in list(self._planned)):
            self._planned.append((self._clock() + self._chance.uniform(*DELAYS[name]), action))

    def due(self) -> list[Action]:
        """Take what is due now out of the plan, and return it."""
        now, planned = self._clock(), list(self._planned)
        ready = [one for one in planned if one[0] <= now]
        for one in ready:
            self._planned.remove(one)
        return [action for _, action in ready]

    def _notice(self) -> None:
        if not self._is_companion:
            return
        asking, before = self.readers.asking(), self._asking
        self._asking = asking
        for key, _ in sorted(asking - before) if self._offers_help else ():
            self.plan("offer", key)
        self.plan("go along")

    def _hear_room(self, room: str, cells: Mapping[str, Any]) -> None:
        if room == "wave":
            self._hear_waves(cells)
        elif room == "pairing" and cells.get("news"):
            self.plan("answer offer")

    def _hear_waves(self, cells: Mapping[str, Any]) -> None:
        # Not to each other: they would wave for ever.
        for wave in cells.values():
            if wave and wave["from"]["role"] != "simulated":
                self.plan("wave back", wave["from"]["key"])
