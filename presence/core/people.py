"""Users, as the site knows them, and persons, as others see them. Pure.

Only visibility.py makes the one from the other.
"""

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal, NotRequired, TypedDict, get_args

Visibility = Literal["everyone", "anonymous", "hidden"]
ActivityStatus = Literal["active", "away"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)
ACTIVITY_STATUSES: tuple[ActivityStatus, ...] = get_args(ActivityStatus)
Says = Literal["", "stuck here", "happy to pair", "just finished", "pairing"]
"""A study status; "" is none."""
PAIRING: Says = "pairing"
"""Set by a room (`Room.set_status`) and by no user: it stays with its user from page to page."""
STUDY_STATUSES: tuple[Says, ...] = get_args(Says)[1:-1]
"""The statuses that a user may set on a lesson; those who need company most come first."""

KEYS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in user, as the site's `identify()` returns them.

    `id` is the site's own and never leaves the server; `alias` is any text that the site changes when the user's next
    key must not be linked to the last one; `flag` is the country whose flag the user has chosen, two capital letters,
    or ""; `session` names the sign-in, so that ending it can hang up its sockets; `revision` grows with every change of
    the other fields, so that of two versions the newer one wins.
    """

    id: str
    name: str
    avatar: str = ""
    role: str = "learner"
    visibility: Visibility = "everyone"
    alias: str = ""
    session: str = ""
    revision: int = 0
    flag: str = ""

    def __post_init__(self) -> None:
        if self.visibility not in VISIBILITIES:
            raise ValueError(f"A visibility is one of {', '.join(VISIBILITIES)}, not {self.visibility!r}.")


class LessonStatus(TypedDict):
    """A study status: one of STUDY_STATUSES or PAIRING, and the lesson it was set on."""

    says: Says
    place: str


class Person(TypedDict):
    """A user as others see them. `places` are paths, sorted; `since` is Unix time in whole seconds.

    `flag` is there only for a user who has chosen one: two letters of ISO 3166-1.
    `company` is there only while the user has a study status on one of these places.
    `arrived` is there only in a section's topic, for a user who came to a lesson later than `since`: by lesson slug,
    when they did, in Unix seconds.
    """

    key: str
    name: str
    avatar: str
    role: str
    places: list[str]
    status: ActivityStatus
    since: int
    flag: NotRequired[str]
    company: NotRequired[LessonStatus]
    arrived: NotRequired[dict[str, int]]


class Face(TypedDict):
    """A user as others see them in a room: the Person without places, status and since."""

    key: str
    name: str
    avatar: str
    role: str
    flag: NotRequired[str]


class Keys:
    """Makes the public keys. A key is an HMAC: it reveals neither id nor name and cannot be guessed from them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"presence key" + secret).digest()
        # Each signal of a room asks for its sender's key.
        self._key = lru_cache(KEYS_KEPT)(partial(_key, self._secret))

    def secret_for(self, purpose: str) -> bytes:
        """A secret for something else, from which neither the keys nor other secrets follow."""
        return hmac.digest(self._secret, f"secret for {purpose}".encode(), "sha256")

    def of(self, user: User) -> str:
        return self._key(user.id, user.alias)


def _key(secret: bytes, user_id: str, alias: str) -> str:
    return hmac.digest(secret, f"{user_id}\0{alias}".encode(), "sha256").hex()[:20]
