"""The study timer: a room of its own, by a clock that all share."""

import pytest

from tests.helpers.app import INDEX, LESSON, Site, make_content, write


@pytest.fixture
def page(site):
    def opened(user, place=None):
        tab = site.tab(user, place or site.lessons[0])
        tab.answer = tab.join("timer")
        return tab

    return opened


def test_a_round_is_started_paused_and_gone_on_with(site, page):
    ada, grace = page("ada"), page("grace")
    site.advance(1)
    since = round(site.clock() * 1000)
    assert ada.call("timer", "start")["ok"]
    assert grace.cells("timer")["timer"] == {"since": since, "paused_at": None}
    assert grace.call("timer", "start")["error"] == "The timer is already running."
    site.advance(60)
    assert grace.call("timer", "pause")["ok"]
    assert ada.cells("timer")["timer"] == {"since": since, "paused_at": since + 60_000}
    assert ada.call("timer", "pause")["error"] == "The timer is not running."
    site.advance(100)
    assert ada.call("timer", "start")["ok"]
    assert grace.cells("timer")["timer"] == {"since": since + 100_000, "paused_at": None}
    site.advance(30 * 60)
    assert grace.call("timer", "start")["ok"]
    assert ada.cells("timer")["timer"]["since"] == round(site.clock() * 1000)


def test_a_late_joiner_has_the_round_and_the_clock(site, page):
    page("ada").call("timer", "start")
    site.advance(600)
    late = page("grace")
    now = late.call("timer", "clock")["reply"]["now"]
    assert now - late.cells("timer")["timer"]["since"] == 600_000


def test_a_plan_stands_beside_a_face_while_its_owner_is_there(site, page):
    ada, grace = page("ada"), page("grace")
    site.advance(1)
    assert ada.call("timer", "plan", words=" Read the chapter on gaps ")["ok"]
    plan = grace.cells("timer")["plan:1"]
    assert (plan["by"]["name"], plan["words"]) == ("Ada", "Read the chapter on gaps")
    assert ada.call("timer", "plan", words="x" * 81)["error"] == "The text 'words' has at most 80 letters."
    site.advance(1)
    ada.call("timer", "plan", words="")
    site.advance(1)
    assert "plan:1" not in grace.cells("timer")
    site.advance(1)
    ada.call("timer", "plan", words="again")
    ada.close()
    site.advance(5)
    assert "plan:1" not in grace.cells("timer")


def test_the_anonymous_run_it_and_the_hidden_watch(site, page):
    tim, hedy = page("tim"), page("hedy")
    assert tim.call("timer", "start")["ok"]
    assert not tim.call("timer", "plan", words="x")["ok"]
    assert hedy.call("timer", "pause")["error"] == "You are hidden: nobody would see it."
    assert hedy.call("timer", "clock")["ok"]
    site.advance(1)
    assert (tim.attendance("timer"), tim.faces("timer")) == (1, {"1": None})


def test_it_is_on_lessons_and_courses_and_nowhere_else(site, page):
    course, section, _ = site.lessons[0].split("/")
    assert page("ada", course).answer["ok"]
    where = f"{course}/{section}"
    assert page("grace", where).answer["error"] == f"There is no room 'timer' at {where!r}."
    assert 'data-live="timer"' in site.browser("ada").get(f"/courses/{course}").text
    lesson = site.browser().get(f"/courses/{site.lessons[0]}").text
    assert "Study timer" in lesson
    assert 'data-live="timer"' not in lesson


def test_a_course_that_says_timer_off_has_none(tmp_path):
    """`timer: off` in course.md: neither room nor markup, on the course page and on its lessons."""
    content = make_content(tmp_path / "content")
    for name, timer in (("quiet", "timer: off\n"), ("loud", "")):
        write(content / name / "course.md", f"---\ntitle: {name}\nsummary: A sentence.\n{timer}---\n")
        write(content / name / "01-one" / "section.md", INDEX.format(title="One"))
        write(content / name / "01-one" / "01-first.md", LESSON.format(title="First"))
    site = Site(tmp_path, CONTENT_DIR=str(content), CONTENT_ROOT=str(tmp_path))
    ada = site.browser("ada")
    for place in ("quiet", "quiet/one/first"):
        assert site.tab(ada, place).join("timer")["error"] == f"There is no room 'timer' at {place!r}."
        assert "Study timer" not in ada.get(f"/courses/{place}").text
    for place in ("loud", "loud/one/first"):
        assert site.tab(ada, place).join("timer")["ok"]
        assert "Study timer" in ada.get(f"/courses/{place}").text
