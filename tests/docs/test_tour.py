"""docs/tour.md: the test that it makes of a recording passes for a class that is right, and fails for another."""

import pytest

from tests.docs.document import blocks, text
from tests.helpers.app import Site

[EXAMPLE] = [block.text for block in blocks(text("tour.md"), "python") if "replay.recording" in block.text]


@pytest.fixture
def tabs(tmp_path, monkeypatch):
    """Two people in a section of a site that is recorded, in the folder of the recording."""
    site = Site(tmp_path, RECORDING="recording")
    monkeypatch.chdir(tmp_path)
    yield [site.tab("ada", "web/rooms/intro"), site.tab("tim", "web/rooms/join")]
    site.app.extensions["recording"].close()


def run_example() -> None:
    names: dict = {}
    exec(EXAMPLE, names)
    names["test_everyone_who_left_is_gone"]()


def test_it_passes_when_everyone_has_left(tabs):
    for tab in tabs:
        tab.close()
    run_example()


def test_it_fails_when_a_tab_has_stayed(tabs):
    tabs[0].close()
    with pytest.raises(AssertionError):
        run_example()
