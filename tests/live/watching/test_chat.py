"""The chat beside a video: plain text, fifty lines, two hours, and an instructor who can remove them."""

import pytest
from sqlalchemy import update

import accounts
from tests.live.watching.conftest import PLACE
from web.db import db


@pytest.fixture
def no_instructor(site):
    with site.app.app_context():
        db.session.execute(update(accounts.User).values(role="learner"))
        db.session.commit()


def test_a_line_is_told_with_its_author_and_its_moment_of_the_video(site, viewer):
    ada, grace = viewer("ada"), viewer("grace")
    ada.order("seek", at=4)
    assert ada.do("say", words="  why is   it\n7? ") is None
    (line,) = [cell for name, cell in grace.now.items() if name.startswith("said:")]
    assert line["by"]["name"] == "Ada"
    assert (line["words"], line["video_at"], line["at"]) == ("why is it 7?", 4.0, round((site.clock() - 1) * 1000))
    assert set(line) == {"by", "words", "video_at", "at"}
    assert viewer("alan").lines == ["why is it 7?"]


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\u202e\u2066", "\x00\x07", "\u200d", "\u3164\u115f", "\u2800"])
def test_a_line_with_nothing_to_read_is_refused(viewer, words):
    assert viewer("ada").do("say", words=words) == "Write something first."


def test_markup_stays_text(viewer):
    ada = viewer("ada")
    ada.do("say", words="<img src=x onerror=alert(1)> **b** https://example.org")
    assert ada.lines == ["<img src=x onerror=alert(1)> **b** https://example.org"]


def test_a_line_has_at_most_280_letters(viewer):
    ada = viewer("ada")
    assert ada.do("say", words="x" * 280) is None
    assert ada.do("say", words="x" * 281) == "The text 'words' has at most 280 letters."
    assert ada.do("say", words=7) == "The payload needs a text 'words'."


def test_four_lines_at_once_and_then_one_in_two_seconds(site, viewer):
    ada = viewer("ada")
    said = {"room": "watching", "call": "say", "with": {"words": "so?"}}
    answers = [ada.tab.emit("room_call", said)["ok"] for _ in range(5)]
    assert answers == [True] * 4 + [False]
    site.advance(2)
    assert ada.tab.emit("room_call", said)["ok"]


def test_the_oldest_lines_make_room(viewer):
    ada = viewer("ada")
    for n in range(55):
        assert ada.do("say", words=f"line {n}") is None
        ada.site.advance(1)
    assert ada.lines == [f"line {n}" for n in range(5, 55)]


def test_long_lines_of_large_letters_fit_by_being_fewer(viewer):
    ada = viewer("ada")
    for n in range(40):
        assert ada.do("say", words=f"{n} " + "🦊" * 270) is None
        ada.site.advance(1)
    assert 10 < len(ada.lines) < 40
    assert ada.lines[-1].startswith("39 ")


def test_lines_are_gone_after_two_hours(site, viewer):
    ada = viewer("ada")
    ada.do("say", words="for now")
    site.advance(2 * 3600)
    assert ada.lines == []


@pytest.mark.parametrize("visibility", ["hidden", "anonymous"])
def test_lines_are_gone_with_their_author(site, viewer, visibility):
    browser = site.browser("ada")
    grace = viewer("grace")
    viewer(browser).do("say", words="it was me")
    assert grace.lines == ["it was me"]
    site.choose_visibility(browser, visibility)
    site.advance(1)
    assert grace.lines == []
    assert viewer("alan").lines == []


def test_an_instructor_removes_a_line_and_nothing_of_it_is_left(viewer):
    ada, margaret = viewer("ada"), viewer("margaret")
    ada.do("say", words="rude")
    assert margaret.do("remove", id=margaret.line_id("rude")) is None
    (line,) = [cell for name, cell in ada.now.items() if name.startswith("said:")]
    assert set(line) == {"removed", "video_at", "at"}
    assert viewer("alan").lines == ["removed"]


def test_a_page_that_is_open_since_before_does_nothing_that_its_reader_may_no_longer_do(viewer, no_longer_instructor):
    ada, margaret = viewer("ada"), viewer("margaret")
    ada.do("say", words="rude")
    no_longer_instructor("margaret")
    id = margaret.line_id("rude")
    assert margaret.do("remove", id=id) == "Only an instructor can remove a line."
    assert margaret.do("hush", id=id, minutes=5) == "Only an instructor can mute someone."
    assert ada.lines == ["rude"]


def test_an_instructor_mutes_an_author_for_some_minutes(site, viewer):
    browser = site.browser("ada")
    ada, margaret = viewer(browser), viewer("margaret")
    ada.do("say", words="rude")
    assert margaret.do("hush", id=margaret.line_id("rude"), minutes=10) is None
    assert ada.do("say", words="again") == "An instructor has muted you here for a while."
    site.choose_visibility(browser, "hidden")
    site.choose_visibility(browser, "everyone")
    again = viewer(browser)
    assert again.do("say", words="again") == "An instructor has muted you here for a while."
    site.advance(600)
    assert again.do("say", words="sorry") is None


def test_no_one_else_learns_who_is_muted(site, viewer):
    ada, grace, margaret = viewer("ada"), viewer("grace"), viewer("margaret")
    ada.do("say", words="rude")
    grace.room_events()
    margaret.do("hush", id=margaret.line_id("rude"), minutes=10)
    assert grace.room_events() == []
    assert set(grace.now) == {name for name in grace.now if name.startswith("said:")}


@pytest.mark.parametrize(
    ("who", "call", "payload", "sentence"),
    [
        ("grace", "remove", {"id": "x"}, "Only an instructor can remove a line."),
        ("grace", "hush", {"id": "x", "minutes": 5}, "Only an instructor can mute someone."),
        ("margaret", "remove", {"id": "x"}, "That line is already gone."),
        ("margaret", "hush", {"id": "x", "minutes": 5}, "That line is already gone."),
        ("margaret", "hush", {"id": "x", "minutes": 61}, "Mute someone for 1 to 60 minutes, not 61."),
        ("margaret", "hush", {"id": "x", "minutes": 0}, "Mute someone for 1 to 60 minutes, not 0."),
        ("margaret", "remove", {"id": "__proto__"}, "That line is already gone."),
    ],
)
def test_what_an_instructor_may_do_and_to_what(viewer, who, call, payload, sentence):
    assert viewer(who).do(call, **payload) == sentence


def test_someone_anonymous_does_not_chat(viewer):
    sentence = "To do this, let everyone see you: the choice is in your account settings."
    assert viewer("tim").do("say", words="hello") == sentence


def test_there_is_no_chat_where_no_instructor_looks_after_it(site, viewer, no_instructor):
    ada = viewer("ada")
    assert ada.do("say", words="hello") == "The chat is closed, because this site has no instructor to moderate it."
    assert 'class="chat"' not in site.browser("ada").get(f"/courses/{PLACE}").text
