"""Who answers or reacts, in as far as counting wants to know.

What someone hidden does is theirs alone, as is what an instructor does: neither is in the numbers of others.
"""

from dataclasses import dataclass

from accounts.models import User
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


def find(user_id: str, is_simulated: bool) -> Participant | None:
    """The participant with an account's id, as the account is in the database now; None once it is deleted."""
    user = db.session.get(User, int(user_id))
    return participant(user, is_simulated) if user else None
