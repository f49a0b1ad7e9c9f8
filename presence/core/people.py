"""What others may know of a user: the one privacy filter. Pure.

Nothing else builds a Person, and nothing that reaches another party is made from a `User` in any other way. A user
chooses a `visibility`:

    everyone    name, avatar, role, places, status and since are published
    anonymous   counted in `counts` and `total`, and nothing else
    hidden      not even counted: for everyone else they do not exist
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict, cast

VISIBILITIES = ("everyone", "anonymous", "hidden")
SAYINGS = ("stuck here", "happy to pair", "just finished")
"""What somebody may say on a lesson, in the order of who could do with company most."""


@dataclass(frozen=True, slots=True)
class User:
    """Who a request comes from, as the site's `identify()` tells it.

    `id` is the site's own and never leaves the server; `alias` is any text that the site changes when the user's next
    key must not be joined to the last one; `flag` is the country whose flag the user has chosen, two capital letters,
    or ""; `session` names the sign-in, so that ending it can hang up its sockets;
    `revision` grows with every change of the others, so that of two processes the one which knows less is not believed.
    """

    id: str
    name: str
    avatar: str = ""
    role: str = "learner"
    visibility: str = "everyone"
    alias: str = ""
    session: str = ""
    revision: int = 0
    flag: str = ""

    def __post_init__(self) -> None:
        if self.visibility not in VISIBILITIES:
            raise ValueError(f"A visibility is one of {', '.join(VISIBILITIES)}, not {self.visibility!r}.")


class Company(TypedDict):
    """What somebody says: one of SAYINGS, and the lesson that they say it on."""

    says: str
    place: str


class Person(TypedDict):
    """A user as others see them. `places` are paths, sorted; `since` is Unix time in whole seconds.

    `flag` is there only for a user who has chosen one: two letters of ISO 3166-1.
    `company` is there only while somebody says something, on one of these places.
    """

    key: str
    name: str
    avatar: str
    role: str
    places: list[str]
    status: str
    since: int
    flag: NotRequired[str]
    company: NotRequired[Company]


class Face(TypedDict):
    """A user as others see them in a room: the Person without places, status and since."""

    key: str
    name: str
    avatar: str
    role: str
    flag: NotRequired[str]


def is_counted(user: User) -> bool:
    """Whether the user is in `counts` and `total`."""
    return user.visibility != "hidden"


def is_shown(user: User) -> bool:
    """Whether anything but a number may be published of the user."""
    return user.visibility == "everyone"


def comes_into_view(before: User, after: User) -> bool:
    """Whether others have not seen of `before` what they may see of `after`: who it is, and how long they are here."""
    return is_shown(after) and (not is_shown(before) or after.alias != before.alias)


def appearance(user: User) -> str:
    """How a user is seen: of two different ones nobody shall learn that they are the same user's."""
    return f"{user.visibility} {user.alias}"


class Keys:
    """Makes the public keys: an HMAC, so that a key tells neither id nor name and cannot be guessed from them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"presence key" + secret).digest()

    def of(self, user: User) -> str:
        return hmac.digest(self._secret, f"{user.id}\0{user.alias}".encode(), "sha256").hex()[:20]


def person(
    user: User, key: str, places: Iterable[str], status: str, since: float, company: Company | None = None
) -> Person | None:
    """The Person that others get, or None for a user who is not visible to everyone."""
    if not is_shown(user):
        return None
    shown = Person(
        key=key,
        name=user.name,
        avatar=user.avatar,
        role=user.role,
        places=sorted(set(places)),
        status=status,
        since=int(since),
    )
    if user.flag:
        shown["flag"] = user.flag
    if company and company["place"] in shown["places"]:
        shown["company"] = company
    return shown


def face(user: User, key: str) -> Face | None:
    """The Face that others get in a room, or None for a user who is not visible to everyone."""
    shown = person(user, key, (), "active", 0.0)
    if shown is None:
        return None
    return cast(Face, {name: shown[name] for name in Face.__annotations__ if name in shown})  # type: ignore[literal-required]
