"""docs/lifting.md, word for word: its commands are typed, its files written, its site run, and readers meet there."""

import re
import subprocess

import pytest
import requests
import socketio

from tests.docs.document import ROOT
from tests.docs.lifted import COMMANDS, Reader, lifted, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lifting")


@pytest.fixture(scope="module")
def site(folder):
    with lifted(folder) as url:
        yield url


def test_the_installed_package_is_the_one_that_is_used(site, folder):
    python = folder / "book/.venv/bin/python"
    found = subprocess.run([python, "-c", "import presence; print(presence.__file__)"], cwd="/", capture_output=True)
    assert found.stdout.decode().startswith(str(folder))


def test_every_part_of_the_package_is_installed(site, folder):
    [installed] = (folder / "book/.venv").glob("lib/python*/site-packages/presence")
    parts = {path.relative_to(ROOT / "presence") for path in (ROOT / "presence").rglob("*.py")}
    assert parts == {path.relative_to(installed) for path in installed.rglob("*.py")}
    assert (installed / "py.typed").exists()


def test_the_package_serves_the_browser_s_half_under_a_lasting_url(site):
    client = re.search(r'data-client="([^"]+)"', requests.get(f"{site}/", timeout=5).text)[1]
    topics = requests.get(f"{site}{client}/model/topics.js", timeout=5)
    assert "export class Topics" in topics.text
    assert "immutable" in topics.headers["Cache-Control"]
    old = requests.get(f"{site}/presence/client/0123456789ab/model/topics.js", timeout=5)
    assert "immutable" not in old.headers["Cache-Control"]
    for name in ("model/../../core/people.py", "page.js", "dom/bubble.js", "nothing.js"):
        assert requests.get(f"{site}{client}/{name}", timeout=5).status_code == 404


def test_the_test_of_the_book_passes(site, folder):
    assert "1 passed" in run(folder, COMMANDS[1].splitlines()[-1], folder / "book")


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
