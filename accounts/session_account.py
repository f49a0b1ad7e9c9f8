"""The account of a live session: what `current_user` is on a page."""

from typing import Any

from flask import abort, flash, has_request_context, session
from flask_login import current_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from web import db as database
from web.db import db
from web.errors import ENDED
from web.quick_query import QuickQuery
from web.visitor import be_guest

from . import sample_users, session_tokens
from .models import User, UserSession, now
from .sessions import LIFETIME

# The columns that pages need of an account; the others are loaded when they are asked for.
COLUMNS = ("id", "username", "name", "avatar", "role", "visibility", "alias", "flag", "revision", "is_sample")
_users, _sessions = User.__table__, UserSession.__table__
_live = QuickQuery(
    select(*(_users.c[name] for name in COLUMNS), _sessions.c.digest, _sessions.c.simulated)
    .join_from(_sessions, _users)
    .where(_sessions.c.digest == bindparam("digest"), _sessions.c.created_at > bindparam("oldest"))
)


def load(token: object) -> User | None:
    """The user of a live session, with `session` and `simulated` set. The only query of a page that needs no other."""
    if not isinstance(token, str) or not database.usable():
        return None
    row = next(iter(_live.rows(digest=session_tokens.digest(token), oldest=now() - LIFETIME)), None)
    if row is None:
        return None
    *columns, digest, simulated = row
    user = _account(dict(zip(COLUMNS, columns, strict=True)))
    if user.is_sample and not sample_users.may_stay():
        _dismiss_sample()
        return None
    user.token, user.session, user.simulated = token, digest, bool(simulated)
    return user


def _account(columns: dict[str, Any]) -> User:
    """The account of a row, as the session would have loaded it: that costs 0.35 ms, and this half."""
    known = db.session.identity_map.get(identity_key(User, columns["id"]))
    if known is not None:
        return known
    user = User(**columns | {"is_sample": bool(columns["is_sample"])})
    make_transient_to_detached(user)
    db.session.add(user)
    return user


def _dismiss_sample() -> None:
    """Make a sample user's browser a guest's, and say why, once."""
    if has_request_context() and session.pop("_user_id", None):
        session["_remember"] = "clear"
        flash("The sample users are switched off, because people have accounts here now. Create one of your own.")


def recheck() -> None:
    """Look at this session again after a wait. Raises 401 when it, or the account, has ended meanwhile."""
    if load(current_user.token) is None:
        be_guest()
        abort(401, ENDED)
