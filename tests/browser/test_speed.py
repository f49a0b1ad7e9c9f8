"""The first moments of a lesson: nothing moves when presence arrives, and little is sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDE
from tests.browser.dribble import dribble
from tests.browser.test_list import _no_one_is_left  # noqa: F401  a fixture
from tests.browser.test_meeting import LESSON, NEXT, face, live

SCRIPT_BYTES = 80_000
PHONE = {"width": 390, "height": 844}
SHIFTS = """window.shifts = [];
const READING = '.article, :is(.contents-link, .contents summary) > span:not(.heads)';
const elementOf = (node) => node?.nodeType === 1 ? node : node?.parentElement;
new PerformanceObserver((list) => list.getEntries().forEach(({value, sources}) => window.shifts.push({
    value,
    nodes: sources.map(({node}) => elementOf(node)?.className ?? 'gone'),
    reading: sources.some(({node}) => elementOf(node)?.closest(READING)),
}))).observe({type: 'layout-shift', buffered: true});"""


@pytest.fixture
def class_at_work(running):
    """Three people, near and far."""
    places = {"grace": LESSON, "alan": NEXT, "dennis": "/courses/company/keeping/recall"}
    browsers = [running.browser(name) for name in places]
    tabs = [running.socket(browsers[n], place.removeprefix("/courses/")) for n, place in enumerate(places.values())]
    yield
    for browser, tab in zip(browsers, tabs, strict=True):
        running.sign_out(browser), tab.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("username", ["ada", "tim", "hedy", None])
@pytest.mark.usefixtures("class_at_work")
def test_nothing_moves_when_presence_arrives(visit, viewport, username):
    page = visit(username, "about:blank", viewport=viewport)
    page.add_init_script(SHIFTS)
    page.goto(page.base + LESSON)
    if username:
        expect(page.locator("body")).to_have_attribute("data-presence-state", "live")
    page.wait_for_timeout(800)
    assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("username", ["ada", None])
def test_nothing_moves_while_a_page_is_still_coming(visit, viewport, username):
    live(visit("grace", LESSON))
    page = visit(username, "about:blank", viewport=viewport)
    page.add_init_script(SHIFTS)
    # No sockets come this way, and the page would say so.
    page.route("**/js/main.js", lambda route: route.abort())
    with dribble(page.base) as url:
        page.goto(url + LESSON)
        page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") == []


def test_going_next_door_by_a_link_moves_nothing(visit):
    live(visit("grace", LESSON)), live(visit("alan", NEXT))
    page = live(visit("ada", LESSON))
    page.wait_for_timeout(600)
    page.evaluate(SHIFTS + "window.shifts.length = 0")
    page.locator(".step[rel=next]").click()
    page.wait_for_url(f"**{NEXT}")
    expect(face(page, "Grace", "next door")).to_be_visible()
    page.wait_for_timeout(800)
    assert [shift for shift in page.evaluate("window.shifts") if shift["value"] > 0.001] == []


def test_an_arriving_person_moves_no_text(visit):
    page = visit("ada", "about:blank")
    page.add_init_script(SHIFTS)
    page.goto(page.base + LESSON)
    live(page)
    page.wait_for_timeout(600)
    live(visit("grace", LESSON))
    expect(face(page, "Grace")).to_be_visible()
    page.wait_for_timeout(600)
    shifts = page.evaluate("window.shifts")
    assert not [shift for shift in shifts if shift["reading"]]
    assert sum(shift["value"] for shift in shifts) < 0.001


def test_the_first_paint_has_the_right_faces(visit):
    live(visit("grace", LESSON)), live(visit("alan", NEXT))
    names = ".beside .person [data-slot=name]"
    painted = visit("ada", LESSON, java_script_enabled=False).locator(names).all_text_contents()
    assert painted == ["Ada", "Grace", "Alan"]
    assert live(visit("ada", LESSON)).locator(names).all_text_contents() == painted


@pytest.mark.parametrize("lesson", [LESSON, "/courses/company/keeping/recall", "/courses/realtime/proof/own-room"])
def test_all_scripts_together_are_under_80_kilobytes(visit, lesson):
    page = visit("ada", "about:blank")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(page.base + lesson)
    live(page)
    page.wait_for_load_state("networkidle")
    scripts = [answer for answer in answers if answer.url.endswith(".js")]
    sizes = {answer.url.rsplit("/", 1)[1]: int(answer.headers["content-length"]) for answer in scripts}
    assert {"main.js", "turbo.es2017-esm.js", "socket.io.esm.min.js", "pointers.js"} <= set(sizes)
    assert sum(sizes.values()) < SCRIPT_BYTES, sizes
    assert len(sizes) <= 12
    assert all(answer.headers["content-encoding"] in ("br", "gzip") for answer in scripts)


def test_everything_is_served_with_a_lasting_name_or_an_etag(visit):
    page = visit("ada", "about:blank")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(page.base + LESSON)
    live(page)
    for answer in answers:
        if answer.request.resource_type not in ("document", "websocket"):
            headers = answer.headers
            assert "immutable" in headers.get("cache-control", "") or "etag" in headers, answer.url


def test_a_second_page_asks_for_no_file_again(visit):
    page = live(visit("ada", LESSON))
    page.wait_for_load_state("networkidle")
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.reload()
    live(page)
    page.wait_for_load_state("networkidle")
    files = [request for request in finished if request.resource_type in ("script", "stylesheet")]
    assert files
    assert not [request.url for request in files if request.sizes()["responseBodySize"] > 0]


@pytest.mark.parametrize("username", ["alan", "margaret"])
def test_a_change_of_a_row_moves_nothing(visit, running, username):
    browser = running.browser(username)
    tab = running.socket(browser, NEXT.removeprefix("/courses/"))
    page = visit("ada", "about:blank", viewport={"width": 1024, "height": 768})
    page.add_init_script(SHIFTS)
    page.goto(page.base + LESSON)
    row = face(live(page), username.title(), "next door")
    for event, payload in (("company", {"says": "stuck here"}), ("activity", {"status": "away"})):
        assert tab.call(event, payload)["ok"]
    expect(row).to_contain_text("stuck here")
    expect(row).to_have_attribute("data-status", "away")
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifts") == []
    running.sign_out(browser), tab.close()
