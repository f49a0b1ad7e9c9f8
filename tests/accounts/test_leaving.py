"""Sign out everywhere, take the data along, delete the account."""

import base64
import json
import sqlite3
from pathlib import Path

import pytest

from accounts import avatars
from accounts.models import UserSession, find
from courses.progress import Completion
from tests.accounts.test_avatars import avatar_of, files, upload
from tests.helpers.clients import WebClient, words
from web import sqlite
from web.db import db


def rows(site, model):
    with site.app_context():
        return len(db.session.scalars(db.select(model)).all())


def test_the_page_lists_the_sign_ins_and_marks_this_one(site, ada):
    WebClient(site).sign_in("ada")
    WebClient(site).sign_in("grace")
    text = words(ada.get("/account"))
    assert text.count("This browser, since") == 1
    assert text.count("Another browser, since") == 1


def test_everywhere_else_keeps_this_session(site, ada, heard):
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada", remember="y")
    assert ada.post("/account", "/account", form="sessions", which="others").status_code == 303
    assert ada.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert [(name, bool(arguments["keep"])) for name, arguments in heard] == [("signed_out", True)]


def test_everywhere_ends_this_one_too(site, visitor, heard):
    visitor.sign_in("ada", remember="y")
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada")
    response = visitor.post("/account", "/account", form="sessions", which="all")
    assert (response.status_code, response.location) == (303, "/")
    assert visitor.cookies()["remember_token"] is None
    assert "You're signed out everywhere." in words(visitor.get("/"))
    assert not visitor.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert rows(site, UserSession) == 0
    assert heard[0][1]["keep"] is None


def test_the_data_is_a_file_with_all_that_is_stored(site, ada):
    upload(ada)
    ada.post("/courses/web/basics/first/completion", "/courses/web/basics/first")
    response = ada.get("/account/data")
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="studyhall.json"'
    assert response.headers["Cache-Control"] == "private, no-store"
    data = json.loads(response.text)
    assert (data["account"]["username"], data["account"]["visibility"]) == ("ada", "everyone")
    picture = base64.b64decode(data["account"]["picture"].partition(",")[2])
    assert picture == ada.get(avatar_of(site)).data
    assert [row["lesson"] for row in data["progress"]] == ["web/basics/first"]
    assert len(data["sessions"]) == 1


def test_the_data_holds_no_secret_and_nothing_of_others(site, ada):
    WebClient(site).sign_in("grace")
    text = ada.get("/account/data").text
    with site.app_context():
        user = find("ada")
        secrets = [user.password_hash, user.alias, *db.session.scalars(db.select(UserSession.digest))]
    assert not [secret for secret in secrets if secret in text]
    assert "race" not in text


def test_a_guest_has_no_data(visitor):
    assert visitor.get("/account/data").location.startswith("/login")


@pytest.mark.parametrize("password", ["", "wrong"])
def test_the_account_is_deleted_with_its_password_only(site, ada, heard, password):
    response = ada.post("/account", "/account", form="delete", password=password)
    assert response.status_code == 422
    assert "That is not your current password." in words(response)
    assert ada.is_signed_in()
    assert heard == []


def test_with_the_account_everything_is_gone(site, ada, heard):
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada", remember="y")
    upload(ada)
    ada.post("/courses/web/basics/first/completion", "/courses/web/basics/first")
    heard.clear()
    response = ada.post("/account", "/account", form="delete", password="learn-together")
    assert (response.status_code, response.location) == (303, "/")
    assert "Your account is deleted" in words(ada.get("/"))
    assert (rows(site, UserSession), rows(site, Completion), files(site)) == (0, 0, [])
    assert not ada.is_signed_in()
    assert not elsewhere.is_signed_in()
    [(name, arguments)] = heard
    assert (name, arguments["session"], arguments["keep"]) == ("signed_out", None, None)
    assert WebClient(site).sign_in("ada").status_code == 422


def test_nothing_of_a_deleted_account_can_be_read_in_the_files_of_the_database(site, visitor):
    visitor.sign_up("the-username", "The Shown Name")
    folder = Path(site.config["INSTANCE_DIR"])
    assert any(b"The Shown Name" in path.read_bytes() for path in folder.glob("site.db*"))
    visitor.post("/account", "/account", form="delete", password="long enough")
    for path in folder.glob("site.db*"):
        assert not {text for text in (b"The Shown Name", b"the-username") if text in path.read_bytes()}, path


def test_a_new_account_inherits_nothing(site, visitor):
    visitor.sign_up("newcomer")
    visitor.post("/courses/web/basics/first/completion", "/courses/web/basics/first")
    visitor.post("/account", "/account", form="delete", password="long enough")
    again = WebClient(site)
    assert again.sign_up("newcomer").status_code == 303
    assert json.loads(again.get("/account/data").text)["progress"] == []
    assert avatars.INITIALS


@pytest.mark.parametrize("form", ["password", "delete"])
def test_an_open_session_is_no_licence_to_guess_the_password(ada, form):
    fields = {"form": form, "password": "wrong", "old_password": "wrong", "new_password": "long enough"}
    answers = [ada.post("/account", "/account", **fields).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_log_that_cannot_be_emptied_now_does_not_undo_a_deletion(site, ada, monkeypatch, caplog):
    def is_full(*_args, **_options):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite, "_truncate_log", is_full)
    response = ada.post("/account", "/account", form="delete", password="learn-together")
    assert (response.status_code, response.location) == (303, "/")
    assert "could not be emptied: database or disk is full" in caplog.text
    with site.app_context():
        assert find("ada") is None
