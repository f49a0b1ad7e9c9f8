"""Someone in a room, as its code sees them."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from ..core.people import Face, User
from ..core.visibility import face, is_counted, is_shown
from .decorators import OpenTo

calling: ContextVar["Attendee | None"] = ContextVar("calling", default=None)
"""The caller of the method that runs now."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """`id` is the site's, for its database and nothing else. `face` is what others may know, None for someone who is
    not visible to everyone; `key` and `name` are those of the face, or "". `slot`, None for none, stands for them in
    signals. `user` is for this package.
    """

    id: str
    place: str
    slot: int | None
    face: Face | None
    role: str
    user: User = field(repr=False, compare=False)

    @classmethod
    def of(cls, user: User, key: str, place: str, slot: int | None) -> "Attendee":
        return cls(user.id, place, slot, face(user, key), user.role, user)

    @property
    def key(self) -> str:
        return self.face["key"] if self.face else ""

    @property
    def name(self) -> str:
        return self.face["name"] if self.face else ""

    @property
    def is_hidden(self) -> bool:
        """Whether no one may notice what they do."""
        return not is_counted(self.user)

    def may(self, open_to: OpenTo) -> bool:
        """Whether a call that is open to these is open to them."""
        return {"shown": is_shown(self.user), "counted": is_counted(self.user), "signed in": True}[open_to]
