"""docs/rooms.md, word for word: its files go into the book of docs/lifting.md, its test is run, and readers meet."""

import pytest

from presence.rooms.records import PAUSED
from tests.docs.document import blocks, text
from tests.docs.lifted import Reader, lifted, run

DOCUMENT = text("rooms.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("rooms")


@pytest.fixture(scope="module")
def site(folder):
    with lifted(folder, "rooms.md") as url:
        yield url


def test_the_test_of_the_lamp_passes(site, folder):
    [command] = [block.text for block in blocks(DOCUMENT, "sh")]
    assert "1 passed" in run(folder, command, folder / "book")


def joined(site, name):
    reader = Reader(site, name)
    assert reader.enter("book/one/storm") == {"ok": True}
    assert reader.socket.call("room_join", {"rooms": ["lamp", "applause"]}, timeout=5)["ok"]
    return reader


def test_two_readers_share_a_lamp(site):
    ines, bo = joined(site, "Ines"), joined(site, "Bo")
    assert ines.hears("room_diff", lambda diff: diff.get("total") == 2)
    on = {"room": "lamp", "call": "switch", "with": {"on": True}}
    assert ines.socket.call("room_call", on, timeout=5) == {"ok": True, "reply": None}
    assert bo.hears("room_diff", lambda diff: diff.get("cells", {}).get("lamp", {}).get("on"))
    bo.socket.emit("room_signal", {"room": "lamp", "signal": "claps", "value": 9})
    assert ines.hears("room_signals", lambda told: told["signals"] == {"claps": 5})
    assert ines.socket.call("room_call", {"room": "applause", "call": "clap"}, timeout=5)["ok"]
    assert bo.hears("room_diff", lambda diff: diff.get("cells", {}).get("total"))
    ines.post("/visibility", visibility="hidden")
    assert bo.hears("room_diff", lambda diff: diff.get("cells") == {"lamp": None} and diff.get("total") == 1)
    ines.close(), bo.close()


def test_the_sentence_of_the_page_is_that_of_the_code():
    assert f'`Rejected("{PAUSED}")`' in DOCUMENT
