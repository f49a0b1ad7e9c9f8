"""Databases of earlier commits, opened by this one. Each was dumped, as SQL, by the commit that made it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from accounts.models import find
from tests.helpers.app import make_small_app
from tests.helpers.clients import WebClient, words
from web import db, migrations

OLD = sorted((Path(__file__).parent / "old_databases").glob("*.sql"))


def site_of(tmp_path, script):
    site = make_small_app(tmp_path, tables=False)
    with sqlite3.connect(Path(site.config["INSTANCE_DIR"], "site.db")) as connection:
        connection.executescript(script)
    return site


def assert_as_the_models(connection):
    """Fails with the lines that a new revision needs."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
    if compare_metadata(context, db.db.metadata):
        lines = produce_migrations(context, db.db.metadata).upgrade_ops
        pytest.fail(render_python_code(lines, render_as_batch=True), pytrace=False)


def columns(connection):
    """The names and facts of all columns and indexes, however their table came to be."""
    there = inspect(connection)
    return {
        table: (
            {(column["name"], str(column["type"]), column["nullable"]) for column in there.get_columns(table)},
            {(index["name"], *index["column_names"]) for index in there.get_indexes(table)},
        )
        for table in there.get_table_names()
    }


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old_site(request, tmp_path):
    return site_of(tmp_path, request.param.read_text())


def test_a_database_of_an_earlier_commit_gets_the_schema_of_the_models(old_site, tmp_path):
    new_site = make_small_app(tmp_path / "new")
    with old_site.app_context():
        db.create_tables()
        with db.db.engine.connect() as connection:
            assert_as_the_models(connection)
            upgraded = columns(connection)
    with new_site.app_context(), db.db.engine.connect() as connection:
        assert upgraded == columns(connection)


def test_a_database_of_an_earlier_commit_keeps_what_it_holds(old_site):
    visitor = WebClient(old_site)
    with old_site.app_context():
        db.create_tables()
    # A cookie of before, although the database now holds the digest of its token.
    with visitor.client.session_transaction() as session:
        session["_user_id"] = "token-of-mary"
    data = visitor.get("/account/data").json
    assert data["account"]["name"] == "Mary"
    assert data["account"]["visibility"] == "anonymous"
    assert [done["lesson"] for done in data["progress"]] == ["web/rooms/first"]
    assert WebClient(old_site).sign_in("mary", "long enough").status_code == 303
    with old_site.app_context():
        assert find("noor").role == "instructor"


def test_an_older_database_is_told_and_upgraded_by_the_command(old_site):
    visitor = WebClient(old_site)
    response = visitor.get("/")
    assert response.status_code == 503
    assert "The database is of an older version of the site. Run `flask init-db` first." in words(response)
    run = old_site.test_cli_runner().invoke
    assert "Upgraded the database to 0001: " in run(args=["init-db"]).output
    assert "nothing to do" in run(args=["init-db"]).output
    assert visitor.get("/").status_code == 200


def test_a_column_that_came_without_its_index_gets_it(tmp_path):
    """The `init-db` of before added columns, but no indexes."""
    site = site_of(tmp_path, OLD[0].read_text() + "ALTER TABLE users ADD COLUMN revision INTEGER DEFAULT 1 NOT NULL;")
    with site.app_context():
        db.create_tables()
        with db.db.engine.connect() as connection:
            assert_as_the_models(connection)


def test_the_revisions_add_up_to_the_models(tmp_path):
    site = site_of(tmp_path, "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT);DROP TABLE users;")
    with site.app_context(), db.db.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        migrations._run_missing(connection, db.db.metadata)
        assert_as_the_models(connection)


def test_the_revisions_are_one_line():
    assert len(migrations.scripts().get_heads()) == 1, "Set down_revision to the newest revision on main."


def test_a_revision_that_fails_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    site = site_of(tmp_path, OLD[0].read_text())
    run_missing = migrations._run_missing

    def break_off(connection, metadata):
        run_missing(connection, metadata)
        raise RuntimeError("the power went")

    monkeypatch.setattr(migrations, "_run_missing", break_off)
    with site.app_context():
        with pytest.raises(RuntimeError):
            db.create_tables()
        with db.db.engine.connect() as connection:
            assert not inspect(connection).has_table("attendance")
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_rows_survive_a_table_that_is_copied_to_change_a_column(tmp_path):
    """SQLite changes a column by dropping the table; the sessions and progress of its users must not go with it."""
    site = site_of(tmp_path, OLD[-1].read_text())
    with site.app_context(), db.db.engine.connect() as connection, migrations._exclusive(connection):
        from alembic.operations import Operations

        with Operations(MigrationContext.configure(connection)).batch_alter_table("users") as batch:
            batch.alter_column("name", new_column_name="shown_name")
        assert connection.scalar(text("SELECT count(*) FROM completions")) == 1


def test_a_database_of_a_newer_version_is_served(tmp_path):
    site = make_small_app(tmp_path)
    with site.app_context(), db.db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert WebClient(site).get("/").status_code == 200
    assert "nothing to do" in site.test_cli_runner().invoke(args=["init-db"]).output


def test_processes_that_start_at_once_upgrade_it_once(tmp_path):
    site = site_of(tmp_path, OLD[0].read_text())
    environment = {**os.environ, "INSTANCE_DIR": site.config["INSTANCE_DIR"]}
    command = [sys.executable, "-m", "flask", "init-db"]
    root = Path(migrations.__file__).parents[2]
    started = [
        subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], outputs
    assert sum("Upgraded the database to 0001" in output for output, _ in outputs) == 1
