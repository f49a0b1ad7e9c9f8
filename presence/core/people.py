"""The one privacy filter: what others may know of a user. Pure.

Nothing else builds a Person, and nothing that reaches other people is made from a `User` in any other way. A user
chooses a `visibility`:

    everyone    name, avatar, role, places, status and since are published
    anonymous   counted in `counts` and `total`, and nothing else
    hidden      not even counted: for everyone else they do not exist
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict, cast, get_args

Visibility = Literal["everyone", "anonymous", "hidden"]
ActivityStatus = Literal["active", "away"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)
ACTIVITY_STATUSES: tuple[ActivityStatus, ...] = get_args(ActivityStatus)
Says = Literal["", "stuck here", "happy to pair", "just finished", "pairing"]
"""A study status; "" is none."""
PAIRING: Says = "pairing"
"""What a room sets (`Room.set_status`) and no user: it goes with its user from page to page."""
STUDY_STATUSES: tuple[Says, ...] = get_args(Says)[1:-1]
"""What a user may set on a lesson, those who need company most first."""


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


def is_counted(user: User) -> bool:
    """Return whether the user is in `counts` and `total`."""
    return user.visibility != "hidden"


def is_shown(user: User) -> bool:
    """Return whether anything but a number may be published of the user."""
    return user.visibility == "everyone"


def becomes_visible(before: User, after: User) -> bool:
    """Return whether the change makes the user newly visible; `since` must then start anew, and no status holds."""
    return is_shown(after) and (not is_shown(before) or after.alias != before.alias)


def appearance(user: User) -> str:
    """The form in which others see a user. They must not learn that two different ones belong to one user."""
    return f"{user.visibility} {user.alias}"


class Keys:
    """Makes the public keys. A key is an HMAC: it reveals neither id nor name and cannot be guessed from them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"presence key" + secret).digest()

    def secret_for(self, purpose: str) -> bytes:
        """A secret for something else, from which neither the keys nor other secrets follow."""
        return hmac.digest(self._secret, f"secret for {purpose}".encode(), "sha256")

    def of(self, user: User) -> str:
        return hmac.digest(self._secret, f"{user.id}\0{user.alias}".encode(), "sha256").hex()[:20]


def person(
    user: User,
    key: str,
    places: Iterable[str],
    status: ActivityStatus,
    since: float,
    company: LessonStatus | None = None,
    arrived: Mapping[str, float] | None = None,
) -> Person | None:
    """The Person that others get, or None for a user who is not visible to everyone.

    `arrived` is when they came to each place. What was before `since` is left out: it may be from when they hid.
    """
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
    if arrived:
        lessons = (place for place in shown["places"] if place.count("/") == 2)
        later = {place: int(arrived[place]) for place in lessons if arrived.get(place, 0.0) >= shown["since"] + 1}
        if later:
            shown["arrived"] = {place.rpartition("/")[2]: moment for place, moment in later.items()}
    return shown


def face(user: User, key: str) -> Face | None:
    """The Face that others get in a room, or None for a user who is not visible to everyone."""
    shown = person(user, key, (), "active", 0.0)
    if shown is None:
        return None
    return cast(Face, {name: shown[name] for name in Face.__annotations__ if name in shown})  # type: ignore[literal-required]
