"""The lamp of docs/rooms.md, in two real browsers."""

import pytest

from tests.docs.lifted import Reader, lifted


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with lifted(tmp_path_factory.mktemp("rooms"), "rooms.md") as url:
        yield url


def opened(site, chromium, name):
    page = chromium.new_context().new_page()
    page.goto(site)
    page.fill("[name=name]", name)
    page.click("text=Sign in")
    page.goto(f"{site}/read/book/two/letter")
    page.wait_for_selector("#line >> text=in this light")
    return page


def test_two_browsers_and_a_client_meet_in_the_lamp(site, chromium):
    noor, kim = opened(site, chromium, "Noor"), opened(site, chromium, "Kim")
    noor.wait_for_selector("#line >> text=2 in this light")
    noor.click("#switch")
    kim.wait_for_selector("body.lit")
    client = Reader(site, "Bo")
    client.enter("book/two/letter")
    assert client.socket.call("room_join", {"rooms": ["lamp"]}, timeout=5)["ok"]
    assert client.hears("room_state", lambda state: state["cells"]["lamp"]["on"])
    kim.wait_for_selector("#line >> text=3 in this light")
    kim.click("#switch")
    noor.wait_for_selector("body:not(.lit)")
    kim.click("#clap")
    noor.wait_for_selector("#note >> text=👏")
    client.close()
    kim.wait_for_selector("#line >> text=2 in this light")
    noor.goto(f"{site}/read/book/one/storm")
    kim.wait_for_selector("#line >> text=1 in this light")
    for page in (noor, kim):
        page.context.close()
