"""The states that have no test elsewhere: a crowd, long names, alone, offline, reconnecting, no choice to be seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import hold_sockets, open_page
from tests.browser.crowd import NAMES, CrowdedSite
from tests.browser.gatherings import alone
from tests.browser.states import LESSON
from tests.browser.test_meeting import face, live

WIDE = {"width": 1440, "height": 900}
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    site = CrowdedSite(tmp_path_factory.mktemp("crowd"))
    yield site
    site.stop()


@pytest.fixture
def context(chromium):
    context = chromium.new_context(viewport=WIDE)
    yield context
    context.close()


def test_a_crowd_is_a_few_rows_and_true_numbers(crowd, context):
    page = live(open_page(crowd, context, "ada", LESSON))
    group = page.locator(".beside .group[data-closeness='same lesson']")
    expect(group.locator("[data-slot=size]")).to_have_text("41")
    expect(group.locator(".person:visible")).to_have_count(8)
    more = group.locator(".more")
    expect(more).to_have_text("+33 more")
    more.click()
    # Three of the forty are anonymous: counted, and not listed.
    expect(group.locator(".person:visible")).to_have_count(38)
    expect(group.locator(".group-rest")).to_have_text("and 3 more")
    expect(page.locator("[data-bubble] .avatar")).to_have_count(4)
    expect(page.locator("[data-bubble]")).to_have_text(re.compile(r"\s*301 studying now"))
    expect(page.locator(".contents .class-line")).to_have_text(
        re.compile(r"\d+ people are in this course now, \d+ near")
    )
    assert not page.complaints


def test_a_narrow_page_that_has_lost_its_connection_stays_inside(crowd, context):
    held = hold_sockets(context)
    page = live(open_page(crowd, context, "ada", LESSON))
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.locator("[data-bubble] .avatar").first).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0
    held[-1].close()
    expect(page.locator("body")).to_have_attribute("data-presence-state", "lost")
    assert page.evaluate(OVERFLOW) <= 0


def test_the_header_stays_inside_at_every_width(crowd, context):
    page = live(open_page(crowd, context, "ada", LESSON))
    page.evaluate("document.querySelector('.account-name bdi').textContent = 'Wolfeschlegelsteinhausen'")
    page.evaluate("document.querySelector('[data-slot=total]').textContent = '12345'")
    for width in (320, 360, 390, 480, 600, 768, 800, 900, 1000, 1024):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.locator(".header").bounding_box()["height"] < 70, width


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_long_names_of_all_kinds_stay_inside(crowd, context, width):
    page = open_page(crowd, context, "ada", LESSON)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("[data-bubble]").click()
    for name in NAMES[:3]:
        expect(page.locator("#people bdi").get_by_text(name[:80])).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("#people").evaluate("(list) => list.scrollWidth - list.clientWidth") <= 0
    initials = page.locator("#people .avatar").evaluate_all("all => all.map((one) => one.dataset.initials)")
    assert all(0 < len(text) <= 8 for text in initials)


def test_alone_one_reads_who_was_here_today(chromium):
    with alone() as site:
        context = chromium.new_context(viewport=WIDE)
        page = live(open_page(site, context, "ada", LESSON))
        expect(page.locator(".beside [data-slot=alone]")).to_have_text("Three people finished this lesson today.")
        expect(page.locator(".contents .class-line")).to_have_text("You're the only one in this course right now")
        other = open_page(site, chromium.new_context(), "grace", LESSON)
        expect(page.locator(".beside [data-slot=alone]")).to_be_hidden()
        other.context.close()
        context.close()


@pytest.mark.parametrize(("state", "word"), [("lost", "reconnecting"), ("offline", "offline")])
def test_trouble_is_said_in_words_and_the_faces_stay(running, chromium, context, state, word):
    grace = live(open_page(running, chromium.new_context(viewport=WIDE), "grace", LESSON))
    held = hold_sockets(context)
    page = live(open_page(running, context, "ada", LESSON))
    expect(face(page, "Grace")).to_be_visible()
    context.set_offline(state == "offline")
    held[-1].close()
    expect(page.locator("body")).to_have_attribute("data-presence-state", state)
    expect(page.locator("[data-bubble]")).to_contain_text(word)
    expect(page.locator(".beside [data-slot=trouble]")).to_contain_text("from a moment ago")
    expect(page.locator("[data-aloud]")).to_contain_text("from a moment ago")
    expect(face(page, "Grace")).to_be_visible()
    grace.context.close()


def test_a_face_that_cannot_be_loaded_gives_way_to_initials(visit):
    grace = live(visit("grace", LESSON))
    page = visit("ada", "about:blank")
    page.route("**/avatars/grace.svg", lambda route: route.abort())
    page.goto(page.base + LESSON)
    live(page)
    expect(face(page, "Grace").locator(".avatar")).to_have_attribute("data-broken", "")
    expect(face(page, "Grace").locator(".avatar > img")).to_be_hidden()
    assert not grace.complaints


def test_the_unseen_are_told_so_and_see_the_others(visit):
    live(visit("grace", LESSON))
    page = live(visit("hedy", LESSON))
    expect(page.locator('.beside [data-note="hidden"]')).to_have_text(
        "You're hidden: no one sees you here. To ask others for help, let everyone see you. Change"
    )
    expect(face(page, "Grace")).to_be_visible()
    expect(face(page, "Hedy")).to_have_count(0)
