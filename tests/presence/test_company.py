"""Company, asked for and given: what people say on a lesson, who sees it, and how it ends."""

import pytest

from presence.core.people import STUDY_STATUSES
from presence.core.study_status import STATUS_SECONDS


@pytest.fixture
def lesson(site):
    return site.lessons[0]


def said(site, topic="", who="Ada"):
    """A user's published status in a topic; None for none."""
    site.advance(1)
    state = next(state for state in site.presence.states(site.lessons[0]) if state["topic"] == topic)
    return next((person.get("company") for person in state["people"] if person["name"] == who), None)


@pytest.mark.parametrize("says", STUDY_STATUSES)
def test_a_study_status_is_published_to_all_topics_with_its_lesson(site, lesson, says):
    ada = site.tab("ada", lesson)
    assert ada.emit("company", {"says": says}) == {"ok": True}
    for topic in ("", lesson.split("/")[0], lesson.rsplit("/", 1)[0]):
        assert said(site, topic) == {"says": says, "place": lesson}


def test_it_can_be_changed_and_taken_back(site, lesson):
    ada = site.tab("ada", lesson)
    ada.emit("company", {"says": "stuck here"})
    ada.emit("company", {"says": "just finished"})
    assert said(site)["says"] == "just finished"
    assert ada.emit("company", {"says": None}) == {"ok": True}
    assert said(site) is None


def test_it_ends_by_itself_and_says_so(site, lesson):
    ada, grace = site.tab("ada", lesson), site.tab("grace", lesson)
    ada.emit("company", {"says": "stuck here"})
    site.advance(STATUS_SECONDS - 2)
    assert said(site)
    grace.frames()
    site.advance(1)
    updates = [person for name, diff in grace.frames() if name == "presence_diff" for person in diff["updates"]]
    assert {person["name"] for person in updates} == {"Ada"}
    assert not any("company" in person for person in updates)


def test_leaving_the_lesson_takes_it_back(site, lesson):
    ada = site.tab("ada", lesson)
    ada.emit("company", {"says": "stuck here"})
    ada.emit("enter", {"place": site.lessons[1]})
    ada.emit("enter", {"place": lesson})
    assert said(site) is None


def test_a_reload_keeps_it_and_its_end(site, lesson):
    browser = site.browser("ada")
    ada = site.tab(browser, lesson)
    ada.emit("company", {"says": "stuck here"})
    site.advance(STATUS_SECONDS - 10)
    ada.close()
    site.advance(1)
    site.tab(browser, lesson)
    assert said(site)["says"] == "stuck here"
    site.advance(10)
    assert said(site) is None


def test_it_is_said_in_all_tabs_on_that_lesson_and_taken_back_in_any(site, lesson):
    browser = site.browser("ada")
    first, second, elsewhere = (site.tab(browser, place) for place in (lesson, lesson, site.lessons[1]))
    first.emit("company", {"says": "stuck here"})
    first.close()
    site.advance(5)
    assert said(site)
    elsewhere.emit("company", {"says": None})
    assert said(site)
    second.emit("company", {"says": None})
    assert said(site) is None


@pytest.mark.parametrize("username", ["tim", "hedy"])
def test_no_user_out_of_sight_can_set_a_study_status(site, lesson, username):
    ada, unseen = site.tab("ada", lesson), site.tab(username, lesson)
    site.advance(1)
    ada.frames()
    answer = unseen.emit("company", {"says": "stuck here"})
    assert answer == {
        "ok": False,
        "error": "To ask for company, let everyone see you: the choice is in your account settings.",
    }
    site.advance(1)
    assert not ada.frames()


def test_who_goes_out_of_sight_takes_it_along_for_good(site, lesson):
    browser = site.browser("ada")
    ada = site.tab(browser, lesson)
    ada.emit("company", {"says": "stuck here"})
    site.choose_visibility(browser, "anonymous")
    site.advance(1)
    assert "stuck" not in str(site.presence.states(lesson))
    site.choose_visibility(browser, "everyone")
    assert said(site) is None


@pytest.mark.parametrize("place", ["", "course", "section"])
def test_only_on_a_lesson(site, lesson, place):
    path = {"": "", "course": lesson.split("/")[0], "section": lesson.rsplit("/", 1)[0]}[place]
    assert site.tab("ada", path).emit("company", {"says": "stuck here"})["error"] == (
        "Only on a lesson you can ask for company."
    )


@pytest.mark.parametrize(
    "payload", [{}, {"says": 1}, {"says": ""}, {"says": "bored"}, {"says": ["stuck here"]}, None, "x"]
)
def test_what_cannot_be_said_is_refused_and_changes_nothing(site, lesson, payload):
    ada = site.tab("ada", lesson)
    assert ada.emit("company", payload)["ok"] is False
    assert said(site) is None


def test_while_the_log_is_away_it_is_refused_with_a_sentence_and_not_lost_in_silence(site, lesson, monkeypatch):
    ada = site.tab("ada", lesson)
    monkeypatch.setattr(site.presence.log, "disconnected", True)
    assert ada.emit("company", {"says": "stuck here"})["error"] == "The live view is paused. Try again in a moment."


def test_the_first_paint_has_it_and_who_is_one_step_ahead(site, lesson):
    browser = site.browser("ada")
    ada, _grace = site.tab(browser, lesson), site.tab("grace", site.lessons[1])
    ada.emit("company", {"says": "stuck here"})
    site.advance(1)
    page = browser.get(f"/courses/{lesson}").text
    assert 'data-say="stuck here" aria-pressed="true"' in page
    assert '<bdi data-slot="ahead-name">Grace</bdi>' in page
    assert '<bdi data-slot="ahead-name"></bdi>' in site.browser("alan").get(f"/courses/{lesson}").text


def test_a_page_tells_the_unseen_why_they_cannot_ask(site, lesson):
    page = site.browser("hedy").get(f"/courses/{lesson}").text
    assert "To ask others for help, let everyone see you." in page
    assert 'data-asking role="group" aria-labelledby="beside-company" hidden' in page
