"""The connection goes away and comes back: the faces stay, greyed, with a sentence, and live again without a reload."""

from playwright.sync_api import expect

from tests.browser.conftest import open_page
from tests.browser.test_meeting import LESSON, face, live
from tests.helpers.server import RunningSite


def test_a_restarted_server_is_found_again(chromium, tmp_path):
    site = RunningSite(tmp_path)
    people = [chromium.new_context(viewport={"width": 1440, "height": 900}) for _ in range(2)]
    ada, grace = (live(open_page(site, people[n], name, LESSON)) for n, name in enumerate(("ada", "grace")))
    expect(face(ada, "Grace")).to_be_visible()
    ada.evaluate("window.unchanged = true")
    site.stop()
    expect(ada.locator(".beside [data-slot=trouble]")).to_be_visible()
    expect(face(ada, "Grace")).to_be_visible()
    again = RunningSite(tmp_path, PORT=str(site.port))
    live(ada), live(grace)
    expect(ada.locator(".beside [data-slot=trouble]")).to_be_hidden()
    expect(face(ada, "Grace", "same lesson")).to_be_visible()
    assert ada.evaluate("window.unchanged")
    for person in people:
        person.close()
    again.stop()
