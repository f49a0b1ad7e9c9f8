"""The room of waves, at every place. Each person is an audience of one, by their key.

    wave:<key>  {"from": Face, "at": ms}      for ten seconds, to the pages of the person waved at

Each wave is remembered for five minutes, in an audience that no one is in, so that no page is ever sent it.
"""

from math import ceil

from presence import Place
from presence.core.people import Person
from presence.rooms import Attendee, Rejected, Room, call

SHOWN_SECONDS = 10.0
AGAIN_SECONDS = 300.0
KEPT = 50


class Waves(Room):
    name = "wave"

    def opens_at(self, place: Place) -> bool:
        return True

    def audiences(self, who: Attendee) -> list[str]:
        return [who.key]

    @call(per_second=1, burst=3)
    def wave(self, who: Attendee, to: str) -> None:
        """Wave at the person with the key `to`, on all their pages."""
        person = self._find(who, to)
        now = self.now()
        self._check_time(who, person, now)
        sent = _sent_by(who)
        self.put("", {f"to:{to}": now}, audience=sent, of=who, until=now + AGAIN_SECONDS, keep=KEPT)
        wave = {"from": who.face, "at": round(now * 1000)}
        # For the site: they may be changing lessons.
        self.put("", {f"wave:{who.key}": wave}, audience=to, of=who, until=now + SHOWN_SECONDS, keep=KEPT)

    def _find(self, who: Attendee, key: str) -> Person:
        if key == who.key:
            raise Rejected("You can't wave at yourself.")
        person = self.person(key)
        if person is None:
            raise Rejected("That person isn't here any more.")
        if person["status"] == "away":
            raise Rejected(f"{person['name']} is away. Wave when they're back.")
        return person

    def _check_time(self, who: Attendee, person: Person, now: float) -> None:
        last = self.cells("", _sent_by(who)).get(f"to:{person['key']}")
        if last is not None and now < last + AGAIN_SECONDS:
            minutes = ceil((last + AGAIN_SECONDS - now) / 60)
            wait = "a minute" if minutes == 1 else f"{minutes} minutes"
            raise Rejected(f"You've just waved at {person['name']}. You can wave again in {wait}.")


def _sent_by(who: Attendee) -> str:
    return f"sent by {who.key}"
