"""With a library version that presence does not know, it leaves private names alone, serves, and says so once."""

import threading

import pytest
from flask import Flask, request
from flask_socketio import SocketIO
from werkzeug.serving import make_server

from presence import Place, Presence, User
from presence.transport import versions
from tests.helpers.server import RawSocket

PLACE = "book/one/storm"


@pytest.fixture
def unknown_version(monkeypatch):
    """Another version of python-engineio is installed."""
    found = versions._version
    monkeypatch.setattr(versions, "_version", lambda name: "9.0.1" if name == "python-engineio" else found(name))
    versions.are_known.cache_clear()
    yield
    versions.are_known.cache_clear()


@pytest.fixture
def url(unknown_version):
    app = Flask(__name__)
    app.secret_key = "a test's secret"
    users = {"1": User("1", "Ines"), "2": User("2", "Bo")}
    sockets = SocketIO()
    Presence(app, sockets, lambda: users.get(request.headers.get("X-User")), Place, async_mode="threading")
    assert "_send_eio_packet" not in vars(sockets.server)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def page(url, user_id):
    socket = RawSocket(url, header=[f"X-User: {user_id}"])
    socket.connect()
    assert socket.call("enter", {"place": PLACE}) == {"ok": True}
    return socket


def test_two_people_meet_the_plain_way(url):
    ines, bo = page(url, "1"), page(url, "2")
    joins = [person["name"] for _, diff in ines.listen(2) for person in diff.get("joins", [])]
    assert joins == ["Bo"] * 3
    assert bo.call("dance", {}) == {"ok": False, "error": "There is no event 'dance'."}
    ines.close(), bo.close()


def test_it_is_said_in_one_line(unknown_version, caplog):
    assert not versions.are_known()
    assert not versions.are_known()
    (line,) = caplog.messages
    assert line == "Serving the plain way, which is slower: presence does not know python-engineio 9.0.1."


def test_the_installed_versions_are_known(caplog):
    versions.are_known.cache_clear()
    assert versions.are_known()
    assert not caplog.records
