"""The participant who answers or reacts, as far as counting needs to know.

What someone hidden does is theirs alone, as is what an instructor does: neither is in the numbers of others.
"""

from dataclasses import dataclass

from accounts.models import User
from presence.rooms import Attendee, Rejected
from web.db import db


@dataclass(frozen=True)
class Participant:
    id: int
    is_counted: bool
    is_hidden: bool = False
    is_instructor: bool = False
    is_simulated: bool = False


def participant(user: User, is_simulated: bool = False) -> Participant:
    is_hidden, is_instructor = user.visibility == "hidden", user.role == "instructor"
    return Participant(user.id, not is_hidden and not is_instructor, is_hidden, is_instructor, is_simulated)


def caller(who: Attendee) -> Participant:
    """The participant who calls a room, as the account is in the database now."""
    user = db.session.get(User, int(who.id))
    if user is None:
        raise Rejected("Your account was deleted.")
    return participant(user, who.role == "simulated")
