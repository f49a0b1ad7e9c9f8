"""URLs in templates: built once, good for every prefix, and Flask's own in all else."""

import pytest
from flask import url_for as flask_url_for

from tests.helpers.app import make_app
from web.links import url_for


@pytest.fixture
def app(tmp_path):
    return make_app(tmp_path)


def test_a_page_has_the_url_that_flask_gives_it(app):
    with app.test_request_context():
        for endpoint, values in (("accounts.login", {}), ("accounts.login", {"next": "/courses/a b?x=1&y=ö"})):
            assert url_for(endpoint, **values) == flask_url_for(endpoint, **values)


def test_it_is_built_once(app, monkeypatch):
    built = []
    monkeypatch.setattr(app, "url_for", lambda endpoint, **values: built.append((endpoint, values["next"])) or "/login")
    with app.test_request_context():
        for target in ("", "/a", "/a", "/b", ""):
            url_for("accounts.login", next=target)
    assert [target for _endpoint, target in built] == [None, "/a", "/b"]


def test_what_a_visitor_makes_long_is_not_kept(app):
    client, kept = app.test_client(), app.extensions["page_url"].cache_info
    client.get("/login")
    before = kept().currsize
    for number in range(9):
        long = f"{number}" * 2_000
        for path in (f"/login?next=/{long}", f"/signup?next=/{long}", f"/courses/web?{long}"):
            assert client.get(path).status_code in (200, 404)
    assert kept().currsize <= before + 3


def test_a_url_built_below_a_prefix_is_good_without_it(app):
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": "/study"}):
        assert url_for("search.search") == "/search"
    client = app.test_client()
    below = client.get("/", environ_overrides={"SCRIPT_NAME": "/study"}).text
    assert client.get("/").text == below.replace("/study", "")


def test_a_url_that_may_change_is_built_each_time(app, monkeypatch):
    built = []
    monkeypatch.setattr(app, "url_for", lambda *endpoint, **values: built.append(values) or "/x")
    with app.test_request_context():
        for _ in range(2):
            url_for("courses.media", course="a", section="b", file="c.png")
    assert len(built) == 2
