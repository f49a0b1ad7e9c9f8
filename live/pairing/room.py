"""The room of offers and pairs, at every place. Each person is an audience of one, by their key.

    news    {"at": ms, "declined_by": name or absent}     for the page of someone whose offers or pair have changed

Offers and pairs are cells of the site, in audiences that no one is in, so no page is ever sent them. They hold keys
only, and end when their owner leaves the site or becomes less visible.
"""

import secrets
from typing import Any

from presence import Place, Presence
from presence.core.people import PAIRING
from presence.rooms import Attendee, Rejected, Room, call

OFFER_SECONDS, PAIR_SECONDS, NEWS_SECONDS, OFFERS_KEPT = 300.0, 1800.0, 10.0, 20
ANSWERABLE = ("stuck here", "happy to pair")


class Pairing(Room):
    name = "pairing"

    def __init__(self, presence: Presence, meeting_url: str | None) -> None:
        super().__init__(presence)
        self._meeting_url = meeting_url

    def opens_at(self, place: Place) -> bool:
        return True

    def audiences(self, who: Attendee) -> list[str]:
        return [who.key]

    @call(per_second=1, burst=3)
    def offer(self, who: Attendee, to: str) -> None:
        """Offer help to someone who is stuck or happy to pair; once per person in five minutes."""
        self._check_offer(who, self._find(to))
        until = self.now() + OFFER_SECONDS
        self.put("", {f"to:{to}": True}, audience=f"asked by {who.key}", of=who, until=until, keep=OFFERS_KEPT)
        offer = {f"offer:{who.key}": who.key}
        self.put("", offer, audience=f"offers to {to}", of=who, while_here=True, until=until, keep=OFFERS_KEPT)
        self._tell(to)

    @call(per_second=1, burst=3)
    def accept(self, who: Attendee, by: str) -> None:
        """Begin to pair with someone who has offered."""
        helper = self._take_offer(who, by)
        self._check_free(who, helper)
        link = self._meeting_url.replace("{name}", secrets.token_hex(10)) if self._meeting_url else None
        until = self.now() + PAIR_SECONDS
        for one, other in ((who, helper), (helper, who)):
            pair, audience = {"with": other.key, "link": link}, f"pair of {one.key}"
            self.put("", pair=pair, audience=audience, of=one, while_here=True, until=until)
            self.set_status(one.key, PAIRING, until)
            self._tell(one.key)

    @call(per_second=1, burst=3)
    def decline(self, who: Attendee, by: str) -> None:
        """Say "not now" to someone who has offered."""
        self._take_offer(who, by)
        self._tell(who.key)
        self._tell(by, of=who, declined_by=who.name)

    @call(per_second=1, burst=3)
    def end(self, who: Attendee) -> None:
        if pair := self._pair_of(who.key):
            self._part(who.key, pair["with"])

    @call(per_second=2, burst=6, open_to="signed in")
    def mine(self, who: Attendee) -> dict[str, Any]:
        """The offers of help that I have, and my pair, each person as others see them now."""
        if pair := self._pair_of(who.key):
            return {"offers": [], "pair": {**pair, "with": self.person(pair["with"])}}
        keys = self.cells("", f"offers to {who.key}").values()
        return {"offers": [person for key in keys if (person := self.person(key))], "pair": None}

    def ended(self, place: str, audience: str, name: str, value: Any) -> None:
        if name == "pair":
            self._part(audience.removeprefix("pair of "), value["with"])
        elif name.startswith("offer:"):
            self._tell(audience.removeprefix("offers to "))

    def _find(self, key: str) -> Attendee:
        if found := self.attendee(key):
            return found
        raise Rejected("That person isn't here any more.")

    def _check_offer(self, who: Attendee, other: Attendee) -> None:
        self._check_free(who, other)
        person = self.person(other.key)
        if not person or "company" not in person or person["company"]["says"] not in ANSWERABLE:
            raise Rejected(f"{other.name} isn't asking for company any more.")
        if f"to:{other.key}" in self.cells("", f"asked by {who.key}"):
            raise Rejected(f"You've just offered to help {other.name}. Give them a few minutes.")

    def _check_free(self, who: Attendee, other: Attendee) -> None:
        if who.key == other.key:
            raise Rejected("You can't offer help to yourself.")
        for one, words in ((who, "You're"), (other, f"{other.name} is")):
            if self._pair_of(one.key):
                raise Rejected(f"{words} pairing already.")

    def _take_offer(self, who: Attendee, by: str) -> Attendee:
        if f"offer:{by}" not in self.cells("", f"offers to {who.key}"):
            raise Rejected("That offer is over.")
        self.put("", {f"offer:{by}": None}, audience=f"offers to {who.key}")
        return self._find(by)

    def _pair_of(self, key: str) -> dict[str, Any] | None:
        return self.cells("", f"pair of {key}").get("pair")

    def _part(self, *keys: str) -> None:
        for key in keys:
            self.put("", pair=None, audience=f"pair of {key}")
            self.set_status(key, "")
            self._tell(key)

    def _tell(self, key: str, of: Attendee | None = None, **more: str) -> None:
        if self.person(key):
            # For the site: they may be changing lessons.
            news = {"at": round(self.now() * 1000), **more}
            self.put("", news=news, audience=key, of=of, until=self.now() + NEWS_SECONDS)
