"""Simulated classmates watch together, chat, read and point; and what they leave goes with them."""

import random
from html.parser import HTMLParser
from itertools import islice

import pytest

import courses
from accounts import sessions
from accounts.models import find
from classmates import pointing, watching
from classmates.script import Reading, script
from classmates.text_blocks import VOID, text_blocks

PLACE = "web/rooms/leave"
LESSON = Reading(PLACE, 60.0, videos={"short": 6.0}, blocks=[12, 200, 0, 90])


class Page:
    """A page whose room is as told, and that keeps what a classmate does with it."""

    def __init__(self, state=None, now=0):
        self.state, self.now, self.done = state or {}, now, []

    def join(self, room):
        return self.state

    def call(self, room, name, **arguments):
        if name == "clock":
            return {"ok": True, "reply": {"now": self.now}}
        self.done.append((name, arguments))
        return {"ok": True}

    def signal(self, room, name, value):
        self.done.append((name, value))


def simulated_tab(site, username):
    with site.app.app_context():
        cookie = sessions.cookie(sessions.issue(find(username), simulated=True))
    browser = site.browser()
    name, _, value = cookie.partition("=")
    browser.set_cookie(name, value)
    return site.tab(browser, PLACE)


def test_a_classmate_watches_says_a_line_reads_and_points():
    steps = list(islice(script([LESSON], "7"), 300))
    done = {step.action for step in steps}
    assert {"watch", "say", "share pointer", "read", "point"} <= done
    assert {step.what[1] for step in steps if step.action == "say"} == set(watching.LINES)
    assert all(LESSON.blocks[step.what[0]] for step in steps if step.action in ("read", "point"))


@pytest.mark.parametrize(
    ("faces", "clock", "presses"),
    [
        ({}, None, True),
        ({"1": {"role": "simulated"}}, None, True),
        ({"1": {"role": "simulated"}}, {"playing": True, "at": 0, "since": 0, "rate": 1.0}, False),
        ({"1": {"role": "simulated"}}, {"playing": True, "at": 5, "since": 0, "rate": 1.0}, True),
        ({"1": {"role": "simulated"}, "2": {"role": "learner"}}, None, False),
        ({"1": None}, {"playing": False, "at": 3, "since": 0, "rate": 1.0}, False),
    ],
)
def test_a_classmate_presses_play_only_where_no_real_person_could(faces, clock, presses):
    page = Page({"people": faces, "cells": {"short": clock} if clock else {}}, now=2_000)
    watching.watch(page, "short", 6.0)
    assert page.done == ([("control", {"video": "short", "did": "play"})] if presses else [])


def test_pointing_follows_the_words_and_stops_with_the_simulation():
    page = Page()
    pointing.point(page, 1, 20, lambda seconds: False)
    offsets = [value[1] for _, value in page.done]
    assert offsets == sorted(offsets)
    assert 20 <= offsets[0] < offsets[-1] < 20 + pointing.WORTH_POINTING_AT
    stopped = Page()
    pointing.point(stopped, 1, 20, lambda seconds: True)
    assert stopped.done == []


def test_a_line_of_someone_simulated_goes_with_them_and_a_persons_stays(site):
    grace, alan = site.tab("grace", PLACE), simulated_tab(site, "alan")
    for tab, words in ((grace, "A person's."), (alan, watching.LINES[0])):
        assert tab.join("watching")["ok"]
        assert tab.call("watching", "say", words=words)["ok"]
    reader = site.tab("ada", PLACE)
    reader.join("watching")
    site.advance(1)
    assert lines(reader) == {"A person's.", watching.LINES[0]}
    alan.close()
    grace.close()
    site.advance(15)
    assert lines(reader) == {"A person's."}


def lines(tab):
    return {cell["words"] for name, cell in tab.cells("watching").items() if name.startswith("said:")}


class ProseChildren(HTMLParser):
    """Counts the letters in each child of the page's `.prose` elements."""

    def __init__(self):
        super().__init__()
        self.letters, self._open, self._prose_ends = [], [], None

    def handle_starttag(self, tag, attrs):
        if self._prose_ends is not None and len(self._open) == self._prose_ends:
            self.letters.append(0)
        if tag in VOID:
            return
        self._open.append(tag)
        if self._prose_ends is None and "prose" in (dict(attrs).get("class") or "").split():
            self._prose_ends = len(self._open)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self._open.pop()
        if self._prose_ends is not None and len(self._open) < self._prose_ends:
            self._prose_ends = None

    def handle_data(self, data):
        if self._prose_ends is not None and len(self._open) > self._prose_ends:
            self.letters[-1] += len(data)


def test_blocks_are_counted_as_the_page_has_them(site):
    with site.app.app_context():
        lessons = [lesson for one in courses.current_catalog().courses for lesson in one.lessons]
    ada = site.browser("ada")
    for lesson in lessons:
        page = ProseChildren()
        page.feed(ada.get(f"/courses/{lesson.place}").text)
        texts = {block: letters for block, letters in enumerate(text_blocks(lesson)) if letters}
        assert texts == {block: page.letters[block] for block in texts}, lesson.place


def test_only_blocks_of_text_are_pointed_at():
    activities = [activity for seed in range(9) for activity in pointing.activities(random.Random(seed), [0, 50, 0])]
    assert {what[0] for _, _, what in activities if what} == {1}
