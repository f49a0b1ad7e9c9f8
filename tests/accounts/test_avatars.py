"""The face of a user: choices, uploads, and who may fetch the picture."""

import os
import re
import sqlite3
import time
from contextlib import closing
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image

from accounts import LARGEST_FORM, avatar_files, image_upload, image_worker
from accounts.models import find
from tests.helpers.app import make_app
from tests.helpers.clients import WebClient, token_of, words
from web.config import ConfigError
from web.db import db


def photo(colour="teal", kind="PNG"):
    out = BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, kind)
    return out.getvalue()


def upload(visitor, data=None, **fields):
    fields = {"form": "profile", "name": "Ada", "avatar": (BytesIO(data or photo()), "me.png"), **fields}
    return visitor.post("/account", "/account", **fields)


def avatar_of(site, username="ada"):
    with site.app_context():
        return find(username).avatar


def files(site):
    with site.app_context():
        return sorted(file.name for file in avatar_files.folder(site).iterdir())


@pytest.fixture
def grace(site):
    grace = WebClient(site)
    grace.sign_in("grace")
    return grace


@pytest.mark.parametrize(("choice", "url"), [("alan", "/static/avatars/alan.svg"), ("initials", ""), ("", "")])
def test_a_portrait_or_initials_can_be_chosen(site, ada, choice, url):
    assert ada.post("/account", "/account", form="profile", name="Ada", avatar=choice).status_code == 303
    assert avatar_of(site) == url


@pytest.mark.parametrize(
    "choice", ["nobody", "own", "../secret_key", "/static/avatars/alan.svg", "https://evil.example/x.png"]
)
def test_nothing_else_can_be_chosen(site, ada, choice):
    response = ada.post("/account", "/account", form="profile", name="Ada", avatar=choice)
    assert response.status_code == 422
    assert "Choose a portrait, your initials or a picture of your own." in words(response)
    assert avatar_of(site) == "/static/avatars/ada.svg"


def test_a_form_without_a_picture_leaves_it_and_one_without_a_name_leaves_that(site, ada):
    ada.post("/account", "/account", form="profile", name="Countess")
    assert avatar_of(site) == "/static/avatars/ada.svg"
    ada.post("/account", "/account", avatar="alan")
    assert avatar_of(site) == "/static/avatars/alan.svg"
    assert 'value="Countess"' in ada.get("/account").text


def test_an_uploaded_picture_is_served_as_a_small_webp_and_told(site, ada, heard):
    assert upload(ada).status_code == 303
    assert [name for name, _ in heard] == ["profile_changed"]
    response = ada.get(avatar_of(site))
    assert (response.status_code, response.mimetype) == (200, "image/webp")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert Image.open(BytesIO(response.data)).size == (256, 256)
    assert ada.get(avatar_of(site), headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_a_picture_counts_before_a_choice_that_is_sent_with_it(site, ada):
    fields = {"form": "profile", "name": "Ada", "avatar": [(BytesIO(photo()), "me.png")]}
    token = token_of(ada.get("/account"))
    from werkzeug.datastructures import MultiDict

    data = MultiDict([("csrf_token", token), ("form", "profile"), ("name", "Ada"), ("avatar", "alan")])
    data.add("avatar", fields["avatar"][0])
    assert ada.client.post("/account", data=data, content_type="multipart/form-data").status_code == 303
    assert avatar_of(site).startswith("/avatars/")


def test_the_name_changes_with_every_upload_and_the_file_dies_with_it(site, ada):
    upload(ada)
    first = avatar_of(site)
    upload(ada)
    second = avatar_of(site)
    assert first != second
    assert len(first) >= len("/avatars/") + 22
    assert files(site) == [second.rpartition("/")[2]]
    assert ada.get(first).status_code == 404
    ada.post("/account", "/account", form="profile", name="Ada", avatar="initials")
    assert files(site) == []
    assert ada.get(second).status_code == 404


def test_the_own_picture_can_be_kept(site, ada):
    upload(ada)
    url = avatar_of(site)
    assert ada.post("/account", "/account", form="profile", name="Ada L.", avatar="own").status_code == 303
    assert avatar_of(site) == url


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "not a picture that can be read"),
        (b"\0" * (image_upload.LARGEST_FILE + 1), "at most 2 MB"),
    ],
)
def test_a_file_that_is_refused_changes_nothing(site, ada, heard, data, sentence):
    response = upload(ada, data, name="Countess")
    assert response.status_code == 422
    assert sentence in words(response)
    assert (avatar_of(site), files(site), heard) == ("/static/avatars/ada.svg", [], [])
    assert "Countess" not in ada.get("/").text


def test_a_form_over_the_limit_is_a_413_and_a_guest_s_limit_is_small(site, ada, visitor):
    response = upload(ada, b"\0" * LARGEST_FORM)
    assert response.status_code == 413
    assert "That picture is too large." in words(response)
    assert "Download" in words(response)
    assert upload(WebClient(site), b"\0" * 70_000).status_code == 413


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "x.webp", "..%2fsecret_key", "%2e%2e/secret_key", "a" * 22 + ".webp"]
)
def test_only_pictures_can_be_fetched(ada, name):
    assert ada.get(f"/avatars/{name}").status_code == 404


def test_others_who_are_signed_in_get_the_picture_and_guests_do_not(site, ada, grace):
    upload(ada)
    assert grace.get(avatar_of(site)).status_code == 200
    assert WebClient(site).get(avatar_of(site)).status_code == 404


def without_moments(page):
    """The page without the seconds in which it was made: those of its form's token, and of the reader's arrival."""
    return re.sub(r'(csrf_token" value|data-since)="[^"]+"', r"\1", page.text)


@pytest.mark.parametrize("visibility", ["anonymous", "hidden"])
def test_out_of_sight_the_picture_is_for_its_owner_alone(site, ada, grace, visibility):
    upload(ada)
    known = avatar_of(site)
    ada.post("/account", "/account", form="presence", visibility=visibility)
    renamed = avatar_of(site)
    assert renamed != known
    assert files(site) == [renamed.rpartition("/")[2]]
    never = grace.get("/avatars/" + "a" * 22 + ".webp")
    for url in (known, renamed):
        answer = grace.get(url)
        assert (answer.status_code, without_moments(answer)) == (never.status_code, without_moments(never))
    assert ada.get(renamed).status_code == 200
    ada.post("/account", "/account", form="presence", visibility="everyone")
    assert grace.get(avatar_of(site)).status_code == 200
    assert grace.get(known).status_code == 404


def test_too_many_uploads_have_to_wait(ada):
    answers = [upload(ada, b"rubbish").status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_a_photo_that_is_too_large_comes_back_with_its_form(ada):
    response = upload(ada, b"\0" * (5 * 1024 * 1024), name="Countess")
    assert response.status_code == 422
    assert "A picture has at most 2 MB." in words(response)
    assert 'value="Countess"' in response.text


def test_a_picture_is_private_to_the_site_on_the_disk(site, ada):
    upload(ada)
    (file,) = avatar_files.folder(site).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_full_disk_is_a_sentence_and_leaves_nothing(site, ada, monkeypatch):
    real_open = os.open
    monkeypatch.setattr(avatar_files.os, "open", lambda *_args: real_open("/dev/full", os.O_WRONLY))
    response = upload(ada)
    assert response.status_code == 422
    assert "The site has no room for your picture right now." in words(response)
    assert (avatar_of(site), files(site)) == ("/static/avatars/ada.svg", [])


def test_on_a_read_only_file_system_pictures_stop_nothing(site, ada, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(30, "Read-only file system")

    upload(ada)
    os.utime(avatar_files.folder(site) / files(site)[0], (0, 0))
    for name in ("unlink", "chmod"):
        monkeypatch.setattr(avatar_files.Path, name, refuse)
    with monkeypatch.context() as patched:
        patched.setattr(avatar_files.os, "open", refuse)
        response = upload(ada)
    assert response.status_code == 422
    assert "The site has no room for your picture right now." in words(response)
    deleted = ada.post("/account", "/account", form="delete", password="learn-together")
    assert (deleted.status_code, ada.is_signed_in()) == (303, False)
    with site.app_context():
        avatar_files.sweep(site)
    monkeypatch.undo()
    with site.app_context():
        avatar_files.sweep(site)
    assert files(site) == []


def test_a_folder_for_pictures_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "avatars").write_text("")
    with pytest.raises(ConfigError, match="The folder of pictures '.*avatars' cannot be made: File exists."):
        make_app(tmp_path)


def test_a_picture_that_the_database_did_not_take_is_not_kept(site, ada):
    with site.app_context():
        other = sqlite3.connect(db.engine.url.database, isolation_level=None)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        assert upload(ada).status_code == 503
    assert files(site) == []
    assert avatar_of(site) == "/static/avatars/ada.svg"
    assert upload(ada).status_code == 303
    assert files(site) == [avatar_of(site).rpartition("/")[2]]


def while_decoding(monkeypatch, action):
    """Do something in another request while a picture is decoded."""
    square = image_worker.square

    def busy(data):
        other = Thread(target=action)
        other.start()
        other.join()
        return square(data)

    monkeypatch.setattr(image_worker, "square", busy)


@pytest.mark.parametrize("form", ["delete", "sessions"])
def test_a_picture_of_an_account_that_is_gone_by_then_is_not_kept(site, ada, monkeypatch, caplog, form):
    also_ada = WebClient(site)
    also_ada.sign_in("ada")
    fields = {"form": form, "which": "all", "password": "learn-together"}
    while_decoding(monkeypatch, lambda: also_ada.post("/account", "/account", **fields))
    answer = upload(ada)
    assert answer.status_code == 401
    assert 'href="/login' in answer.text
    assert files(site) == []
    assert not [record for record in caplog.records if record.exc_info]


def test_of_two_pictures_at_once_one_file_stays(site, ada, monkeypatch):
    also_ada = WebClient(site)
    also_ada.sign_in("ada")
    other = photo("red")

    def upload_once():
        monkeypatch.undo()
        upload(also_ada, other)

    while_decoding(monkeypatch, upload_once)
    assert upload(ada).status_code == 303
    assert files(site) == [avatar_of(site).rpartition("/")[2]]


def test_hiding_works_where_files_cannot_be_renamed(site, ada, grace, monkeypatch):
    upload(ada)
    known = avatar_of(site)

    def refuse(self, target):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(avatar_files.Path, "rename", refuse)
    assert ada.post("/account", "/account", form="presence", visibility="hidden").status_code == 303
    assert avatar_of(site) == ""
    assert grace.get(known).status_code == 404


def test_files_without_an_owner_go_at_the_next_start(site, ada):
    upload(ada)
    folder = avatar_files.folder(site)
    for name, age in (("x.webp", 7200), ("y.webp.part", 7200), ("z.webp", 0)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    with site.app_context():
        avatar_files.sweep(site)
    assert files(site) == sorted([avatar_of(site).rpartition("/")[2], "z.webp"])
