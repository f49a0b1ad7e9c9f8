"""Whether the visitor is signed in, for code that must not fail when the database does."""

from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from web.db import note_away


def is_signed_in() -> bool:
    """True also when the database cannot say: the response is then treated as private."""
    try:
        return current_user.is_authenticated
    except SQLAlchemyError:
        note_away(for_all=False)
        return True
