"""A database that is locked, full or does not answer: short waits in which others run, then one 503 with a sentence."""

import sqlite3

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tests.helpers.app import make_sample_app
from tests.helpers.clients import WebClient, words
from web import concurrency, database_waits, db

SENTENCE = "The database does not answer right now."


@pytest.fixture
def site(tmp_path):
    return make_sample_app(tmp_path)


@pytest.fixture
def lock(tmp_path):
    """Another program that holds the write lock until it is closed."""
    other = sqlite3.connect(tmp_path / "instance" / "site.db", isolation_level=None)
    yield other
    other.close()


def mark_done(visitor):
    return visitor.post("/courses/web/basics/first/completion", "/account")


def test_a_write_waits_for_a_lock_in_pauses_in_which_others_run(site, lock, monkeypatch):
    visitor, pauses = WebClient(site), []
    visitor.sign_in()
    lock.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(concurrency, "pause", lambda seconds: pauses.append(seconds) or lock.rollback())
    assert mark_done(visitor).status_code == 303
    assert pauses
    assert max(pauses) <= 0.05


def test_sqlite_itself_never_waits(site):
    with site.app_context(), db.db.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 0


def test_a_lock_that_stays_is_a_page_with_a_sentence(site, lock, monkeypatch):
    visitor = WebClient(site)
    visitor.sign_in()
    lock.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database_waits, "LOCK_SECONDS", 0.05)
    response = mark_done(visitor)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert SENTENCE in words(response)
    # Readers are not held up, neither now nor in the next second.
    assert visitor.get("/account").status_code == 200


def test_an_error_that_waiting_does_not_mend_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(concurrency, "pause", lambda seconds: pytest.fail("It waited."))
    connection = sqlite3.connect(":memory:", factory=database_waits.RetryingConnection)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT nothing")


@pytest.mark.parametrize(
    "error",
    [
        PoolTimeout("QueuePool limit"),
        OperationalError("SELECT", {}, Exception("server closed the connection"), connection_invalidated=True),
        InterfaceError("SELECT", {}, Exception("connection already closed")),
        OperationalError("INSERT", {}, Exception("database or disk is full")),
    ],
)
def test_every_way_to_be_away_is_the_same_page_which_asks_no_database(site, error):
    def fail():
        raise error

    site.add_url_rule("/fails", view_func=fail)
    visitor, statements = WebClient(site), []
    visitor.sign_in()
    visitor.get("/account")
    with site.app_context():
        event.listen(db.db.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    with visitor.client.session_transaction():
        response = visitor.get("/fails")
    assert response.status_code == 503
    assert SENTENCE in words(response)
    assert len([one for one in statements if "user_sessions" in one]) <= 1


def test_a_lost_connection_spares_the_next_pages_the_wait(site):
    def fail():
        raise PoolTimeout("QueuePool limit")

    site.add_url_rule("/fails", view_func=fail)
    visitor = WebClient(site)
    visitor.get("/fails")
    response = visitor.get("/")
    assert response.status_code == 503
    assert SENTENCE in words(response)
    site.extensions["database_away_until"] = 0.0
    assert visitor.get("/").status_code == 200


def test_a_mistake_in_a_statement_is_still_a_mistake(site):
    def fail():
        raise ProgrammingError("SELEKT", {}, Exception("syntax error"))

    site.add_url_rule("/fails", view_func=fail)
    assert WebClient(site).get("/fails").status_code == 500
