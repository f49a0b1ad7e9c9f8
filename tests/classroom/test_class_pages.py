"""The instructor's pages: who may open them, and what they show of each person."""

import re

import pytest

from tests.helpers.clients import post, without_tokens

COURSE = "/class/web"


def seats(page) -> dict[str, list[str]]:
    """{lesson: names on it}, as the page shows it."""
    spots = re.split(r'data-spot="', page.text)[1:]
    return {
        spot.split('"', 1)[0]: re.findall(r'data-slot="name">([^<]+)<', spot.split("</ul>", 1)[0]) for spot in spots
    }


def size(page, place: str) -> int:
    spot = page.text.split(f'data-spot="{place}"', 1)[1]
    return int(re.search(r'data-slot="spot-size">(\d+)<', spot)[1])


@pytest.mark.parametrize("path", ["/class", COURSE, f"{COURSE}/attendance"])
def test_it_is_for_instructors(site, margaret, path):
    assert margaret.get(path).status_code == 200
    refused = site.browser("ada").get(path)
    assert refused.status_code == 403
    assert "Only instructors can see the class." in refused.text
    guest = site.browser().get(path)
    assert (guest.status_code, guest.location.split("?")[0]) == (302, "/login")


def test_a_course_that_does_not_exist_is_named(margaret):
    answer = margaret.get("/class/nowhere")
    assert answer.status_code == 404
    assert "No course at &#39;nowhere&#39;." in answer.text


def test_only_an_instructor_has_it_in_the_menu(site, margaret):
    assert 'href="/class"' in margaret.get("/").text
    assert 'href="/class"' not in site.browser("ada").get("/").text


def test_each_lesson_has_the_faces_that_are_on_it(site, margaret):
    first, second = site.lessons[:2]
    ada, _grace = site.tab("ada", first), site.tab("grace", second)
    ada.emit("activity", {"status": "away"})
    site.advance(5)
    page = margaret.get(COURSE)
    assert (seats(page)[first], seats(page)[second]) == (["Ada"], ["Grace"])
    assert 'data-status="away"' in page.text


def test_anonymous_learners_are_numbers_and_hidden_ones_do_not_appear(site, margaret):
    first = site.lessons[0]
    empty = margaret.get(COURSE).text
    site.tab("hedy", first)
    site.presence.tick()
    assert size(margaret.get(COURSE), first) == 0
    assert "Hedy" not in without_tokens(margaret.get(COURSE).text)
    assert bare(margaret.get(COURSE).text) == bare(empty)
    site.tab("tim", first)
    site.advance(5)
    page = margaret.get(COURSE)
    assert size(page, first) == 1
    assert seats(page)[first] == []
    assert "1 anonymous person" in page.text
    assert "Tim" not in without_tokens(page.text)


def bare(text: str) -> str:
    """A page without its form token."""
    return re.sub(r'name="csrf_token"[^>]*>', "", text)


def test_going_out_of_sight_takes_a_face_off_the_map(site, margaret):
    browser, first = site.browser("ada"), site.lessons[0]
    site.tab(browser, first)
    site.choose_visibility(browser, "anonymous")
    page = margaret.get(COURSE)
    assert "Ada" not in without_tokens(page.text)
    assert size(page, first) == 1


def test_a_crowd_gets_as_many_seats_as_there_are_and_the_rest_a_number(site, margaret):
    for name in ("ada", "grace", "alan", "tim"):
        site.tab(name, site.lessons[0])
    site.advance(5)
    page = margaret.get(COURSE)
    assert len(seats(page)[site.lessons[0]]) == 3
    assert "and 1 more" in page.text


def test_the_learner_who_has_been_here_longest_is_first_and_the_instructor_is_not_listed(site, margaret):
    site.tab("margaret", site.lessons[0])
    site.tab("grace", site.lessons[1])
    site.advance(600)
    site.tab("ada", site.lessons[0])
    stays = margaret.get(COURSE).text.split("data-stays", 1)[1].split("</ol>", 1)[0]
    assert re.findall(r'data-slot="name">([^<]+)<', stays) == ["Grace", "Ada"]
    assert "for 10 min" in stays


def test_the_large_map_is_for_a_projector(margaret):
    assert 'data-size="large"' in margaret.get(f"{COURSE}?size=large").text
    assert 'data-size="normal"' in margaret.get(f"{COURSE}?size=enormous").text


def test_a_name_from_a_stranger_is_only_text(site, margaret):
    browser = site.browser("ada")
    assert post(browser, "/account", form="profile", name="<script>alert(1)</script>").status_code == 303
    site.tab(browser, site.lessons[0])
    page = margaret.get(COURSE).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
