"""A flag travels with the face: to the first paint, to states and live to all who see the person."""

from tests.helpers.clients import choose_flag


def test_a_flag_that_is_chosen_reaches_open_pages_as_an_update(site):
    ada, grace = site.browser("ada"), site.tab("grace", site.lessons[0])
    site.tab(ada, site.lessons[0])
    site.advance(1)
    grace.frames()
    choose_flag(ada, "BV")
    site.advance(1)
    updates = [person for _, payload in grace.frames() for person in payload.get("updates", ())]
    assert {(person["name"], person.get("flag")) for person in updates} == {("Ada", "BV")}


def test_a_person_without_a_flag_has_no_such_key(site):
    site.tab("ada", site.lessons[0])
    site.advance(1)
    assert all("flag" not in person for state in site.presence.states("") for person in state["people"])


def test_the_first_paint_says_the_country_and_not_only_its_drawing(site):
    ada = site.browser("ada")
    choose_flag(ada, "BV")
    site.tab(ada, site.lessons[0])
    site.advance(1)
    page = site.browser("grace").get(f"/courses/{site.lessons[0]}").text
    assert 'data-flag="BV" title="Bouvet Island"' in page
    assert '<span class="visually-hidden">Bouvet Island</span>' in page


def test_the_preview_in_the_settings_shows_the_flag(site):
    ada = site.browser("ada")
    choose_flag(ada, "BV")
    site.tab(ada, site.lessons[0])
    site.advance(1)
    assert 'data-flag="BV"' in ada.get("/account/seen").text
