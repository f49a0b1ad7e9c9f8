"""The page of the site in docs/lifting.md, in a real browser."""

import pytest

from tests.docs.lifted import Reader, lifted


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with lifted(tmp_path_factory.mktemp("lifting")) as url:
        yield url


def test_the_page_shows_who_comes_and_goes(site, chromium):
    page = chromium.new_page()
    page.goto(site)
    page.fill("[name=name]", "Noor")
    page.click("text=Sign in")
    page.goto(f"{site}/read/book/two/letter")
    page.wait_for_selector("#people >> text=Noor")
    kim = Reader(site, "Kim")
    kim.enter("book/one/storm")
    page.wait_for_selector("#people >> text=Kim")
    assert page.inner_text("#total") == "2"
    kim.socket.call("activity", {"status": "away"}, timeout=5)
    page.wait_for_selector("#people >> text=Kim (away)")
    kim.close()
    page.wait_for_function("document.getElementById('total').textContent === '1'")
    page.close()
