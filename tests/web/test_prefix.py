"""Below a prefix no link, form, redirect or address in data leads outside it."""

import re

import pytest

from tests.helpers.app import make_app
from web.prefix import below

ROOT = "/study"
LINK = r'\s(?:href|src|action|formaction|poster|data-plots|data-seen)="(/[^"]*)"'
PAGES = [
    "/",
    "/courses/realtime",
    "/courses/realtime/changes/states",
    "/courses/none",
    "/search?q=epoch",
    "/login",
]


@pytest.fixture
def client(tmp_path):
    return make_app(tmp_path).test_client()


def get(client, path):
    return client.get(path, environ_overrides={"SCRIPT_NAME": ROOT})


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_is_below_the_prefix(client, path):
    page = get(client, path).text
    links = re.findall(LINK, page)
    assert len(links) > 10
    assert [link for link in links if not (link + "/").startswith(f"{ROOT}/")] == []
    assert f'data-root="{ROOT}"' in page


@pytest.mark.parametrize("path", ["/courses/realtime/changes", "/account"])
def test_a_redirect_stays_below_it(client, path):
    assert get(client, path).location.startswith(f"{ROOT}/")


def test_the_addresses_of_places_are_below_it(client):
    places = get(client, "/courses/places.json").json
    assert {place["url"].partition("/courses")[0].rstrip("/") for place in places.values()} == {ROOT}


def test_without_a_prefix_nothing_changes(client):
    assert 'data-root=""' in client.get("/").text
    assert client.get("/courses/realtime/changes").location == "/courses/realtime#changes"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/courses", "/study/courses"),
        ("/study/courses", "/study/courses"),
        ("/study", "/study"),
        ("/studying", "/study/studying"),
        ("//elsewhere.example/x", "//elsewhere.example/x"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        ("#here", "#here"),
        ("next.md", "next.md"),
    ],
)
def test_only_paths_of_the_site_get_it(path, expected):
    assert below(ROOT, path) == expected
