"""Rows that are added without the session: the same rows, refused for the same reasons."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from accounts.models import User
from live.polls.models import PollAnswer
from web.db import db
from web.quick_insert import QuickInsert
from web.quick_query import on_one_connection


@pytest.fixture
def row(app):
    """The values of an answer that its author may give once."""
    here = {"place": "course/section/lesson", "poll": "poll", "round": 0, "option": "a"}
    author = db.session.scalars(select(User.id)).first()
    db.session.rollback()
    return {**here, "counted": True, "simulated": False, "answered_at": datetime.now(UTC), "user_id": author}


def test_an_added_row_is_that_of_the_session(app, row):
    assert QuickInsert(PollAnswer.__table__).add(**row)
    found = db.session.scalars(select(PollAnswer)).one()
    # SQLite keeps no time zone.
    moment = row["answered_at"].replace(tzinfo=None)
    assert {name: getattr(found, name) for name in row} == row | {"answered_at": moment}


def test_a_row_that_is_there_already_is_not_added_again(app, row):
    quick = QuickInsert(PollAnswer.__table__)
    assert [quick.add(**row), quick.add(**row | {"option": "b"})] == [True, False]
    assert db.session.scalars(select(PollAnswer.option)).all() == ["a"]


def test_a_row_that_is_refused_leaves_no_transaction_open(app, row):
    quick = QuickInsert(PollAnswer.__table__)
    quick.add(**row)
    assert on_one_connection(lambda: [quick.add(**row), quick.add(**row | {"poll": "other"})])() == [False, True]
    assert db.engine.pool.checkedout() == 0


def test_a_row_is_added_by_the_session_when_the_connection_is_lost(app, row, monkeypatch):
    quick = QuickInsert(PollAnswer.__table__)

    def lose(*_args):
        raise sqlite3.OperationalError("lost")

    monkeypatch.setattr("web.quick_insert._write", lose)
    assert [quick.add(**row), quick.add(**row)] == [True, False]
    assert db.session.scalars(select(PollAnswer.option)).all() == ["a"]
