"""Watching together when something is in the way: a browser that refuses, a lost connection, a restarted server."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page
from tests.browser.films import DOUBLE, FilmSite
from tests.browser.test_meeting import live
from tests.browser.watching import plays, press, skew, watch

POSITION = "document.querySelector('video').currentTime"
ALONE = "On your own until the connection is back."
# As browsers do before the first click on a page.
REFUSE = """() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        if (this.muted) return play.call(this);
        return Promise.reject(new DOMException('Not before a click.', 'NotAllowedError'));
    };
    const allow = () => (HTMLMediaElement.prototype.play = play);
    document.addEventListener('click', ({target}) => target.closest('[data-watch=unmute]') && allow(), true);
}"""


@pytest.fixture
def running(films):
    return films


def test_where_the_browser_plays_no_sound_before_a_click_the_page_asks_for_one(visit, lesson):
    ada, grace = watch(visit("ada", lesson)), visit("grace", "about:blank")
    grace.add_init_script(f"({REFUSE})()")
    grace.goto(grace.base + lesson)
    watch(grace)
    press(ada, "toggle")
    plays(grace)
    button = grace.get_by_role("button", name="Play with the others")
    expect(button).to_be_visible()
    assert grace.evaluate("document.querySelector('video').muted")
    button.click()
    expect(button).to_be_hidden()
    plays(grace)
    assert not grace.evaluate("document.querySelector('video').muted")


def test_offline_the_video_goes_on_and_back_again_it_is_where_the_others_are(visit, running, lesson, chromium):
    ada = watch(visit("ada", lesson))
    context = chromium.new_context()
    gate = Gate(context)
    grace = watch(open_page(running, context, "grace", lesson))
    press(ada, "toggle")
    plays(ada), plays(grace)
    gate.close()
    expect(grace.get_by_text(ALONE)).to_be_visible()
    assert not grace.evaluate("document.querySelector('video').paused")
    ada.wait_for_timeout(700)
    press(ada, "forward")
    gate.open()
    expect(grace.get_by_text(ALONE)).to_be_hidden()
    grace.wait_for_timeout(2500)
    assert abs(skew(ada, grace)) <= 0.25
    context.close()
    running.sign_out(context.signed_in)


def test_while_the_server_has_lost_the_others_the_page_says_that_one_is_alone(visit, running, lesson, chromium):
    context = chromium.new_context()
    told = []
    context.route_web_socket("**/socket.io/**", lambda socket: (socket.connect_to_server(), told.append(socket)))
    ada = watch(open_page(running, context, "ada", lesson))
    press(ada, "toggle")
    plays(ada)
    told[0].send('42["presence_paused",{"paused":true}]')
    expect(ada.locator("[data-slot=watch-trouble]")).to_have_text(ALONE)
    assert not ada.evaluate("document.querySelector('video').paused")
    told[0].send('42["presence_paused",{"paused":false}]')
    expect(ada.locator("[data-slot=watch-trouble]")).to_be_empty()
    context.close()
    running.sign_out(context.signed_in)


@pytest.mark.parametrize("username", ["ada", None])
def test_a_video_that_cannot_be_played_says_so_with_a_link_to_the_file(visit, lesson, username):
    """Before the page's script is there, too."""
    page = visit(username, "about:blank")
    page.route("**/*.webm*", lambda route: route.abort())
    page.goto(page.base + lesson)
    expect(page.locator(".video [data-slot=broken]")).to_contain_text("This browser cannot play the video.")
    expect(page.locator(".video [data-slot=broken] a")).to_have_attribute("href", re.compile(r"diffs\.webm"))


def test_a_video_of_youtube_is_asked_for_by_a_click_alone_and_no_other_page_may_have_frames(visit):
    """A page that Turbo shows in the place of another has the policy of that one."""
    ada = live(visit("ada", DOUBLE))
    asked = []

    def answer(route):
        asked.append(route.request.headers.get("referer"))
        route.fulfill(body="<p>a player</p>", content_type="text/html")

    ada.route("https://www.youtube-nocookie.com/**", answer)
    ada.locator(".step[rel=next]").click()
    ada.wait_for_url("**/elsewhere")
    facade = live(ada).locator("[data-youtube]")
    assert asked == []
    facade.click()
    expect(ada.frame_locator(".video-embedded").locator("p")).to_have_text("a player")
    assert asked == [ada.base + "/"]
    ada.evaluate("window.isTheSameDocument = true")
    ada.locator(".step[rel=prev]").click()
    ada.wait_for_url("**" + DOUBLE)
    assert not live(ada).evaluate("Boolean(window.isTheSameDocument)")
    assert not ada.complaints


class Gate:
    """The sockets of a browser: let through, or cut and refused until it is opened again."""

    def __init__(self, context) -> None:
        self.is_open, self._context, self._sockets = True, context, []
        context.route_web_socket("**/socket.io/**", self._pass)

    def close(self) -> None:
        self.is_open = False
        self._context.set_offline(True)
        for socket in self._sockets:
            socket.close()

    def open(self) -> None:
        self.is_open = True
        self._context.set_offline(False)

    def _pass(self, socket) -> None:
        if not self.is_open:
            return socket.close()
        socket.connect_to_server()
        return self._sockets.append(socket)


def test_after_a_restart_no_picture_jumps_and_anyone_can_go_on_from_where_they_are(tmp_path, chromium):
    site = FilmSite(tmp_path)
    lesson, port = site.lesson(), str(site.port)
    context = chromium.new_context()
    ada = watch(open_page(site, context, "ada", lesson))
    press(ada, "forward")
    expect(ada.locator("[data-slot=time]")).to_have_text("0:10 / 1:34")
    site.stop()
    site = FilmSite(tmp_path, PORT=port)
    expect(ada.get_by_text("Watching together was interrupted.")).to_be_visible()
    assert ada.evaluate(POSITION) == pytest.approx(10, abs=0.2)
    ada.get_by_role("button", name="Continue from here").click()
    expect(ada.get_by_text("Watching together was interrupted.")).to_be_hidden()
    late = watch(live(open_page(site, context, "ada", lesson)))
    late.wait_for_function("() => document.querySelector('video').currentTime > 9.5")
    context.close()
    site.stop()
