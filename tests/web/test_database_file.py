"""A database file that is gone or broken fails aloud, so that what is reported as saved is saved."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from tests.helpers.app import make_sample_app
from tests.helpers.clients import WebClient
from web import concurrency, db


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(concurrency, "_serving", False)
    site = make_sample_app(tmp_path, WTF_CSRF_ENABLED=False)
    db.start_serving(site)
    return site


@pytest.fixture
def file(tmp_path):
    return tmp_path / "instance" / "site.db"


@pytest.fixture
def visitor(site):
    visitor = WebClient(site)
    visitor.client.post("/login", data={"username": "ada", "password": "learn-together"})
    assert visitor.get("/healthz/ready").status_code == 200
    return visitor


def statuses(visitor) -> list[int]:
    """The status of a form that saves something, of a page, and of the health check."""
    saved = visitor.client.post("/courses/web/basics/first/completion").status_code
    return [saved, visitor.get("/").status_code, visitor.get("/healthz/ready").status_code]


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_deleted_file_is_noticed_before_anything_is_written_into_it(visitor, file, suffix):
    path = file.with_name(file.name + suffix)
    away = path.rename(path.with_suffix(".away"))
    assert statuses(visitor) == [503, 503, 503]
    assert not file.exists() or suffix
    away.rename(path)
    assert visitor.get("/account").status_code == 200
    assert visitor.get("/healthz/ready").status_code == 200


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account", {"form": "profile", "name": "A"}),
        ("/account", {"form": "presence", "visibility": "hidden"}),
        ("/account", {"form": "sessions", "which": "all"}),
        ("/account", {"form": "delete", "password": "learn-together"}),
        ("/courses/web/basics/first/reactions", {"react": "confused 1 x"}),
        ("/logout", {}),
    ],
)
def test_without_its_file_a_form_is_not_answered_as_that_of_a_guest(visitor, file, path, fields):
    file.rename(file.with_suffix(".away"))
    answer = visitor.client.post(path, data=fields)
    assert answer.status_code == 503
    assert db.AWAY in answer.text


def test_a_replaced_file_is_noticed(visitor, file):
    shutil.copy(file, file.with_suffix(".copy"))
    file.with_suffix(".copy").rename(file)
    assert statuses(visitor) == [503, 503, 503]


def test_a_broken_file_is_not_ready(visitor, file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as database:
        database.write(b"\xff" * 100)
    assert visitor.get("/healthz/ready").status_code == 503


def test_connections_of_a_disk_that_was_read_only_are_replaced(site, visitor):
    """SQLite never writes by a connection that it opened for reading alone, even when the disk may be written again."""
    with site.app_context():
        db.db.session.execute(text("PRAGMA query_only = ON"))
    assert visitor.client.post("/courses/web/basics/first/completion").status_code == 503
    site.extensions["database_away_until"] = 0.0
    assert visitor.client.post("/courses/web/basics/first/completion").status_code == 303
