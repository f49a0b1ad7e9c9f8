"""Whether the visitor is signed in, for code that must not fail when the database does."""

from flask import g
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy.exc import SQLAlchemyError

from web.db import note_away


def is_signed_in() -> bool:
    """True also when the database cannot say: the response is then treated as private."""
    try:
        return current_user.is_authenticated
    except SQLAlchemyError:
        note_away(for_all=False)
        return True


def be_guest() -> None:
    """Go on without a user for the rest of this request: the row of the one it came with is gone, or not to be had."""
    g._login_user = AnonymousUserMixin()
