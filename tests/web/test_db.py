from pathlib import Path

import pytest
from sqlalchemy import text

from tests.helpers.app import make_small_app
from tests.helpers.clients import WebClient, words
from web import config, db, sqlite


def run(site, *args):
    return site.test_cli_runner().invoke(args=args)


def test_init_db_makes_the_tables_and_may_run_twice(tmp_path):
    site = make_small_app(tmp_path, tables=False)
    assert run(site, "init-db").output == f"Made the tables {', '.join(db.db.metadata.tables)}.\n"
    assert run(site, "init-db").output == "The database is up to date; nothing to do.\n"
    assert WebClient(site).get("/").status_code == 200


def test_init_db_names_a_database_that_cannot_be_used(tmp_path):
    (tmp_path / "site.db").write_bytes(b"no database at all" * 100)
    site = make_small_app(tmp_path, tables=False, DATABASE_URL=f"sqlite:///{tmp_path / 'site.db'}")
    result = run(site, "init-db")
    assert result.exit_code == 1
    assert "site.db' cannot be used: file is not a database." in result.output


def test_site_without_tables_names_the_command_that_makes_them(tmp_path):
    visitor = WebClient(make_small_app(tmp_path, tables=False))
    response = visitor.get("/")
    assert response.status_code == 503
    assert "Run `flask init-db`" in words(response)


def test_page_about_missing_tables_keeps_its_style_sheets(tmp_path):
    visitor = WebClient(make_small_app(tmp_path, tables=False))
    assert visitor.get("/static/avatars/ada.svg").status_code == 200


def test_site_works_at_once_when_its_tables_are_made_while_it_runs(tmp_path):
    site = make_small_app(tmp_path, tables=False)
    visitor = WebClient(site)
    assert visitor.get("/").status_code == 503
    run(site, "init-db")
    assert visitor.get("/").status_code == 200


def test_every_connection_has_the_pragmas(tmp_path):
    site = make_small_app(tmp_path)
    with site.app_context(), db.db.engine.connect() as one, db.db.engine.connect() as two:
        for connection in (one, two):
            values = [connection.scalar(text(f"PRAGMA {name.split('=')[0]}")) for name in sqlite.PRAGMAS]
            assert values == ["wal", 1, 1, 1]


def test_database_that_does_not_answer_is_a_page_and_not_a_traceback(tmp_path):
    site = make_small_app(tmp_path)
    visitor = WebClient(site)
    visitor.sign_up()
    with site.app_context():
        db.db.session.execute(text("DROP TABLE user_sessions"))
        db.db.session.commit()
    response = visitor.get("/")
    assert response.status_code == 503
    assert "The database does not answer right now." in words(response)


def test_database_that_cannot_even_be_opened_is_a_page(tmp_path):
    visitor = WebClient(make_small_app(tmp_path, tables=False, DATABASE_URL="sqlite:////no/such/folder/site.db"))
    response = visitor.get("/")
    assert response.status_code == 503
    assert "The database does not answer right now." in words(response)


def test_missing_database_driver_is_named(tmp_path, monkeypatch):
    def refuse(app):
        raise ModuleNotFoundError("No module named 'driver'", name="driver")

    monkeypatch.setattr(db.db, "init_app", refuse)
    with pytest.raises(config.ConfigError, match="DATABASE_URL '.*' needs the package driver, which is not installed."):
        make_small_app(tmp_path)


def mode_of(path):
    return path.stat().st_mode & 0o777


def test_the_files_of_the_database_are_for_their_owner_only(tmp_path):
    site = make_small_app(tmp_path)
    WebClient(site).sign_up()
    found = {path.name: mode_of(path) for path in Path(site.config["INSTANCE_DIR"]).glob("site.db*")}
    assert found == dict.fromkeys(["site.db", "site.db-wal", "site.db-shm"], 0o600)


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path):
    file = Path(make_small_app(tmp_path).config["INSTANCE_DIR"], "site.db")
    file.chmod(0o644)
    make_small_app(tmp_path)
    assert mode_of(file) == 0o600
    file.chmod(0o640)
    make_small_app(tmp_path)
    assert mode_of(file) == 0o640, "A group that the operator let in stays."
