"""The part of the account page that shows what others see of its owner now."""

import pytest

from tests.helpers.clients import words


def seen(browser):
    return words(browser.get("/account/seen"))


def test_before_the_page_is_connected_there_is_nothing_yet(site_with_sockets):
    assert "Nothing yet" in seen(site_with_sockets.browser("ada"))


def test_it_shows_the_person_as_others_get_them(site_with_sockets):
    site = site_with_sockets
    ada = site.browser("ada")
    site.tab(ada, site.lessons[0])
    site.tab(ada, site.lessons[1]).emit("activity", {"status": "away"})
    text = seen(ada)
    assert "Ada" in text
    assert "active" in text
    titles = site.app.jinja_env.globals["place_titles"]
    assert all(titles[lesson] in text for lesson in site.lessons[:2])


@pytest.mark.parametrize(
    ("visibility", "words"),
    [("anonymous", "You're counted."), ("hidden", "To everyone else, you're not here.")],
)
def test_out_of_sight_it_shows_what_is_left(site_with_sockets, visibility, words):
    site = site_with_sockets
    ada = site.browser("ada")
    site.tab(ada, site.lessons[0])
    site.choose_visibility(ada, visibility)
    text = seen(ada)
    assert words in text
    assert "active" not in text


def test_a_guest_sees_nothing(site_with_sockets):
    assert site_with_sockets.browser().get("/account/seen").status_code == 302
