"""The participant who answers or reacts, as far as counting needs to know.

A hidden user's answers count for them alone, and so do an instructor's: neither is in the numbers of others.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from accounts.models import User
from presence.rooms import Attendee, Rejected
from web.quick_query import QuickQuery

# A class that answers within ten seconds asks once an answer: through the session that was a sixth of its CPU.
_C = User.__table__.c
_USER = QuickQuery(select(_C.id, _C.visibility, _C.role).where(_C.id == bindparam("id")))


@dataclass(frozen=True)
class Participant:
    id: int
    is_counted: bool
    is_hidden: bool = False
    is_instructor: bool = False
    is_simulated: bool = False


def participant(user: User, is_simulated: bool = False) -> Participant:
    return _participant(user.id, user.visibility, user.role, is_simulated)


def caller(who: Attendee) -> Participant:
    """The participant who calls a room, as the account is in the database now."""
    rows = _USER.rows(id=int(who.id))
    if not rows:
        raise Rejected("Your account was deleted.")
    user_id, visibility, role = rows[0]
    return _participant(user_id, visibility, role, who.role == "simulated")


def require_instructor(who: Attendee, sentence: str) -> None:
    """Raise Rejected with the sentence for anyone else. The role is asked for: a page may be open since it was lost."""
    if not caller(who).is_instructor:
        raise Rejected(sentence)


def _participant(user_id: int, visibility: str, role: str, is_simulated: bool) -> Participant:
    is_hidden, is_instructor = visibility == "hidden", role == "instructor"
    return Participant(user_id, not is_hidden and not is_instructor, is_hidden, is_instructor, is_simulated)


def require_simulated(who: Attendee) -> None:
    if who.role != "simulated":
        raise Rejected("Only a simulated classmate asks for that.")
