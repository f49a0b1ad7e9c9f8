"""Polls for one app: the numbers and cards of a lesson, and what changes them, whichever way it came in.

The room tells open pages what has changed: the service calls its `changed(place, at)` and `answered(user_id, place)`.
"""

from collections.abc import Callable
from typing import Any

from courses import Lesson
from live.participants import Participant
from presence import Presence

from . import asking, store, words
from .asking import Reply
from .block import Poll
from .card import Card
from .card_maker import CardMaker
from .cells import TEACHING, Cells


def _ignore(*_args: object, **_options: object) -> None:
    pass


class Polls:
    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self.changed: Callable[..., None] = _ignore
        self.answered: Callable[[int, str], None] = _ignore

    def now(self) -> float:
        return self._presence.clock()

    def cells(self, lesson: Lesson) -> Cells:
        place = lesson.place
        return Cells(asking.polls_of(lesson), store.rounds(place), store.numbers(place), self.now())

    def cells_of(self, lesson: Lesson, audience: str) -> dict[str, Any]:
        """The cells of one audience, with the numbers of those present for instructors."""
        cells = self.cells(lesson)
        told = cells.of(audience)
        if audience == TEACHING:
            for poll, (answered, here) in self._present(lesson, cells).items():
                told[f"{poll}:class"] |= {"here": here, "answered": answered}
        return told

    def _present(self, lesson: Lesson, cells: Cells) -> dict[str, tuple[int, int]]:
        """By poll: how many of the learners who are here have answered, and how many are here."""
        here = self._learners_at(lesson.place)
        return {
            poll: (store.answered_by(lesson.place, poll, cells.round(poll).number, here), len(here))
            for poll in asking.polls_of(lesson)
        }

    def cards(self, lesson: Lesson, reader: Participant | None) -> dict[str, Card]:
        """The cards of a lesson's polls for one reader, by poll."""
        cells = self.cells(lesson)
        mine = store.choices(reader.id, lesson.place) if reader else {}
        present = self._present(lesson, cells) if reader and reader.is_instructor else {}
        return {
            name: self._card(poll, cells, reader, mine.get(name, {}), present.get(name))
            for name, poll in asking.polls_of(lesson).items()
        }

    def _card(
        self,
        poll: Poll,
        cells: Cells,
        reader: Participant | None,
        rows: dict[int, store.Answer],
        present: tuple[int, int] | None,
    ) -> Card:
        choices = {number: row.option for number, row in rows.items()}
        last = rows.get(cells.round(poll.id).number)
        maker = CardMaker(poll, cells, self.now(), reader, choices)
        is_last = last is not None and last.id == cells.last_id(poll.id)
        return maker.card(is_last, words.present(*present) if present else "")

    def _learners_at(self, place: str) -> set[int]:
        """The ids of the counted learners who are at a place now: for a number alone, never for names."""
        with self._presence.node.lock:
            members = self._presence.roster.members.values()
            here = [m.user for m in members if place in m.places and m.user.role != "instructor"]
        # A replayed recording has made-up ids, which are not numbers.
        return {int(user.id) for user in here if user.visibility != "hidden" and user.id.isdecimal()}

    def answer(self, by: Participant, lesson: Lesson, poll: str, option: str) -> Reply:
        reply = asking.answer(by, lesson, poll, option, self.now())
        self.answered(by.id, lesson.place)
        self.changed(lesson.place)
        return reply

    def forget_simulated(self) -> None:
        """Delete the answers of simulated classmates, which must be in no real number."""
        for place in store.delete_simulated():
            self.changed(place)

    def ask(self, by: Participant, lesson: Lesson, poll: str, seconds: int) -> None:
        closes_at = asking.ask(by, lesson, poll, seconds, self.now())
        self.changed(lesson.place)
        if closes_at is not None:
            self.changed(lesson.place, at=closes_at)

    def close(self, by: Participant, lesson: Lesson, poll: str) -> None:
        asking.close(by, lesson, poll, self.now())
        self.changed(lesson.place)

    def show(self, by: Participant, lesson: Lesson, poll: str) -> None:
        asking.show(by, lesson, poll, self.now())
        self.changed(lesson.place)
