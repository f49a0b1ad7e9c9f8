"""docs/lifting.md, word for word: its commands are typed, its files written, its site run, and readers meet there."""

import shlex

import pytest
import requests
import socketio

from tests.docs.document import ROOT
from tests.docs.lifted import COMMANDS, Reader, lifted


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with lifted(tmp_path_factory.mktemp("lifting")) as url:
        yield url


def test_it_installs_what_is_pinned_here():
    pins = (ROOT / "requirements.txt").read_text().lower()
    packages = shlex.split(COMMANDS[1])[2:]
    assert all(f"\n{name}==" in pins for name in packages)


def joins(name: str):
    return lambda diff: name in [person["name"] for person in diff.get("joins", [])]


def test_two_readers_meet(site):
    ines, bo = Reader(site, "Ines"), Reader(site, "Bo")
    assert ines.enter("book/one/storm") == {"ok": True}
    assert ines.hears("presence_state", lambda state: state["topic"] == "book/one")
    assert bo.enter("book/one/harbour") == {"ok": True}
    assert ines.hears("presence_diff", joins("Bo"))
    assert bo.enter("book/three/sea") == {"ok": False, "error": "No lesson at 'book/three/sea'."}
    bo.post("/visibility", visibility="hidden")
    assert ines.hears("presence_diff", lambda diff: diff.get("leaves") and diff["total"] == 1)
    ines.post("/logout")
    assert ines.hears("signed_out", lambda payload: payload == {"reason": "You closed the book."})
    bo.close(), ines.close()


def test_a_guest_sees_a_number_and_no_socket_opens(site):
    with pytest.raises(socketio.exceptions.ConnectionError):
        socketio.Client().connect(site, transports=["websocket"])
    assert "Ines" not in requests.get(site, timeout=5).text
