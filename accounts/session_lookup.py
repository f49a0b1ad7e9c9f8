"""The signed-in user as the few columns that a socket needs, without loading an account.

A thousand people who connect at once (a deploy, the start of a lecture) need this a thousand times. Through the ORM it
was the most expensive part of a connect: 0.6 ms, against 0.09 ms for the same row as plain columns and 0.02 ms when
SQLAlchemy compiles the query once and the driver runs it.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, session
from sqlalchemy import Dialect, Engine, bindparam, select

from web import db as database
from web.db import db

from . import sample_users, session_tokens
from .models import User, UserSession, now
from .sessions import LIFETIME

_users, _sessions = User.__table__, UserSession.__table__
_columns = (
    _users.c.id,
    _users.c.name,
    _users.c.avatar,
    _users.c.role,
    _users.c.visibility,
    _users.c.alias,
    _users.c.flag,
    _users.c.revision,
)
_query = (
    select(*_columns, _sessions.c.digest, _sessions.c.simulated, _users.c.is_sample)
    .join_from(_sessions, _users)
    .where(_sessions.c.digest == bindparam("digest"), _sessions.c.created_at > bindparam("oldest"))
)


@dataclass(frozen=True, slots=True)
class SessionUser:
    """The part of a user that presence needs, with the names of `accounts.User`."""

    id: int
    name: str
    avatar: str
    role: str
    visibility: str
    alias: str
    flag: str
    revision: int
    session: str
    simulated: bool


def session_user() -> SessionUser | None:
    """The user of this request's session cookie; None also for a user who has only a remember cookie."""
    token = session.get("_user_id")
    if not isinstance(token, str) or not database.usable():
        return None
    row = _row(db.engine, {"digest": session_tokens.digest(token), "oldest": now() - LIFETIME})
    if row is None or (row[-1] and not sample_users.may_stay()):
        return None
    *columns, simulated, _is_sample = row
    return SessionUser(*(*columns, bool(simulated)))


def _row(engine: Engine, values: dict[str, Any]) -> Any:
    state = current_app.extensions["accounts"]
    query = state.get("session_query") or state.setdefault("session_query", CompiledQuery(engine.dialect))
    try:
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(query.text, query.parameters(values))
            return cursor.fetchone()
        finally:
            connection.close()
    except cast(Any, engine.dialect.dbapi).Error:
        # Once more through SQLAlchemy, which replaces a lost connection and raises its own errors for the rest.
        with engine.connect() as fresh:
            return fresh.execute(_query, values).first()


class CompiledQuery:
    """The compiled SQL and its bind processors."""

    def __init__(self, dialect: Dialect) -> None:
        compiled = _query.compile(dialect=dialect)
        self.text, self._order = compiled.string, compiled.positiontup
        types = {"digest": _sessions.c.digest.type, "oldest": _sessions.c.created_at.type}
        self._written = {name: type_.dialect_impl(dialect).bind_processor(dialect) for name, type_ in types.items()}

    def parameters(self, values: dict[str, Any]) -> Any:
        written = {name: write(values[name]) if write else values[name] for name, write in self._written.items()}
        return tuple(written[name] for name in self._order) if self._order else written
