"""Queries that are compiled once: the same rows as through the session, and the session's errors."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, event, func, select, update
from sqlalchemy.exc import OperationalError

from accounts.models import User
from web.db import db
from web.quick_query import QuickQuery, on_one_connection


def test_the_rows_are_those_of_the_session(app):
    statement = select(User.id, User.username).where(User.role == bindparam("role"), User.is_sample).order_by(User.id)
    quick = QuickQuery(statement)
    for role in ("learner", "instructor", "nobody"):
        expected = [tuple(row) for row in db.session.execute(statement, {"role": role})]
        assert [tuple(row) for row in quick.rows(role=role)] == expected


def test_times_are_compared_as_the_database_stores_them(app):
    quick = QuickQuery(select(func.count()).select_from(User).where(User.created_at > bindparam("moment")))
    now = datetime.now(UTC)
    # The sample users are as old as the first test of this process.
    db.session.execute(update(User).values(created_at=now))
    db.session.commit()
    assert quick.rows(moment=now + timedelta(minutes=1)) == [(0,)]
    assert quick.rows(moment=now - timedelta(minutes=1))[0][0] > 0


def test_a_parameter_is_never_read_as_sql(app):
    quick = QuickQuery(select(User.id).where(User.username == bindparam("name")))
    assert quick.rows(name="ada' OR '1'='1") == []


def test_an_error_is_the_sessions_own(app):
    quick = QuickQuery(select(User.id).where(func.no_such_function(bindparam("one")) == 1))
    with pytest.raises(OperationalError):
        quick.rows(one=1)


@pytest.fixture
def taken(app):
    """One entry for each time that a connection is taken out of the pool."""
    found = []
    event.listen(db.engine, "checkout", lambda *_args: found.append("taken"))
    return found


def test_the_queries_of_a_view_share_a_connection_and_give_it_back(app, taken):
    quick = QuickQuery(select(func.count()).select_from(User))
    assert on_one_connection(lambda: [quick.rows() for _ in range(3)])() == [quick.rows()] * 3
    assert len(taken) == 2
    assert db.engine.pool.checkedout() == 0


def test_a_view_that_fails_gives_it_back_too(app, taken):
    broken = QuickQuery(select(User.id).where(func.no_such_function(bindparam("one")) == 1))
    with pytest.raises(OperationalError):
        on_one_connection(broken.rows)(one=1)
    assert db.engine.pool.checkedout() == 0
