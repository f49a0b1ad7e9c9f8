"""A real server gets what no browser would send. A healthy pair of people beside it notices nothing."""

import json
import socket
import time

import pytest
import requests
import websocket

from tests.helpers.server import RawSocket, RunningSite

LESSON = "company/keeping/recall"
NEXT = "company/keeping/spacing"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


@pytest.fixture
def healthy(running):
    """Two people on one lesson; afterwards one moves and the other must see it at once, and nothing else."""
    ada, grace = running.socket(running.browser("ada"), LESSON), running.socket(running.browser("grace"), LESSON)
    ada.listen(0.3)
    yield
    strangers = [payload for _, payload in ada.listen(0.1) if "Grace" in json.dumps(payload)]
    assert not strangers
    started = time.monotonic()
    assert grace.call("enter", {"place": NEXT}) == {"ok": True}
    while not any(NEXT in json.dumps(payload) for _, payload in ada.events):
        ada._take(ada.raw.recv())
    assert time.monotonic() - started < 1
    ada.close(), grace.close()
    assert "Traceback" not in running.log


@pytest.mark.parametrize(
    "path", ["/socket.io/", "/socket.io", "/socket.io/x", "/socket.iox", "//socket.io/", "/Socket.IO/"]
)
def test_a_guest_is_answered_before_the_upgrade(running, path):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        RawSocket(running.url, path=path)
    if refused.value.status_code == 401:
        assert refused.value.resp_body == b"login required"
    else:
        # Not a path of Socket.IO: the site itself answers, with a redirect or a page.
        assert refused.value.status_code in (308, 404)


def test_a_forged_cookie_is_a_guest(running):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        RawSocket(running.url, "session=eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.forged")
    assert refused.value.status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused(running, origin):
    browser = running.browser("barbara")
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        running.socket(browser, origin=origin)
    assert refused.value.status_code == 400


@pytest.mark.parametrize("version", ["", "Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Key1: 4 @1 46546xW%0l 1 5\r\n"])
def test_an_older_draft_of_websocket_is_refused(running, version):
    browser = running.browser("barbara")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    with socket.create_connection(("127.0.0.1", int(running.port)), timeout=10) as raw:
        head = f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
        upgrade = f"Connection: Upgrade\r\nUpgrade: websocket\r\n{version}Cookie: {cookies}\r\n\r\n"
        raw.sendall((head + upgrade).encode())
        answer = raw.recv(1000)
    assert answer.startswith(b"HTTP/1.1 426 ")
    assert b"sec-websocket-version: 13\r\n" in answer.lower()


GOOD = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(
    "part", [{"Connection": "close"}, {"Sec-WebSocket-Key": ""}, {"Sec-WebSocket-Key": "short"}, {"Method": "POST"}, {}]
)
def test_a_handshake_that_is_not_whole_is_refused_in_words(running, part):
    headers = {**GOOD, **part}
    request = requests.Request(headers.pop("Method", "GET"), f"{running.url}/socket.io/?EIO=4&transport=websocket")
    request.headers = headers
    browser = running.browser("barbara")
    answer = browser.send(browser.prepare_request(request), timeout=10, stream=True)
    assert answer.status_code == (400 if part else 101)
    if part:
        assert answer.text.endswith(".")
    answer.close()


def test_polling_is_not_offered(running):
    browser = running.browser("barbara")
    answer = browser.get(f"{running.url}/socket.io/?EIO=4&transport=polling", timeout=10)
    assert answer.status_code == 400


def test_compression_is_not_negotiated(running):
    headers = ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    socket = running.socket(running.browser("barbara"), header=headers)
    assert "sec-websocket-extensions" not in socket.raw.headers
    socket.close()


@pytest.mark.usefixtures("healthy")
@pytest.mark.parametrize(
    "message",
    [
        pytest.param("42" + json.dumps(["enter", {"place": "x" * 10_000}]), id="10 KB"),
        pytest.param("42" + json.dumps(["enter", {"place": "é" * 2_100}], ensure_ascii=False), id="4 KB of UTF-8"),
        pytest.param('42["enter",{"place":NaN}]', id="NaN"),
        pytest.param('42["enter",{"place":1e999}]', id="1e999"),
        pytest.param('42["enter",{"place":"\\ud800"}]', id="lone surrogate"),
        pytest.param("42" + "[" * 2_000, id="nesting"),
        pytest.param("42", id="event without data"),
        pytest.param("42[]", id="event without name"),
        pytest.param("42{}", id="event that is an object"),
        pytest.param('42[["a"],1]', id="unhashable event name"),
        pytest.param("49", id="unknown packet type"),
        pytest.param('451-["enter",{"_placeholder":true,"num":0}]', id="binary event"),
        pytest.param('459999999999-["enter"]', id="endless attachments"),
        pytest.param('4{"a":1}', id="message that is JSON"),
    ],
)
def test_what_cannot_be_read_hangs_up_its_sender(running, message):
    mallory = running.socket(running.browser("barbara"), LESSON)
    mallory.raw.send(message)
    assert mallory.is_hung_up()


@pytest.mark.usefixtures("healthy")
def test_a_binary_frame_hangs_up_its_sender(running):
    mallory = running.socket(running.browser("barbara"), LESSON)
    mallory.raw.send_binary(b"\x00\xff" * 100)
    assert mallory.is_hung_up()


@pytest.mark.usefixtures("healthy")
def test_200_events_in_a_second_are_refused_and_then_hung_up(running):
    mallory = running.socket(running.browser("barbara"), LESSON)
    for number in range(200):
        mallory.raw.send(f'42{number}["enter",{{"place":"{(LESSON, NEXT)[number % 2]}"}}]')
    assert mallory.is_hung_up()
    answers = list(mallory.acks.values())
    assert {"ok": False, "error": "Too many events: at most 20 in a second."} in answers
    assert sum(answer["ok"] for answer in answers) <= 25


@pytest.mark.usefixtures("healthy")
def test_another_namespace_is_not_there(running):
    mallory = running.socket(running.browser("barbara"))
    mallory.raw.send("40/admin,")
    assert mallory.raw.recv().startswith("44/admin")
    mallory.close()


@pytest.mark.usefixtures("healthy")
def test_sign_out_closes_the_transport_too(running):
    browser = running.browser("barbara")
    socket = running.socket(browser, LESSON)
    form = {"csrf_token": running.token(browser, "/account")}
    assert browser.post(f"{running.url}/logout", data=form, allow_redirects=False, timeout=10).status_code == 303
    assert socket.is_hung_up()
    assert socket.events[-1] == ("signed_out", {"reason": "You signed out."})


def test_the_second_server_on_a_port_says_so(running, tmp_path):
    with pytest.raises(RuntimeError, match=rf"PORT {running.port}: Address already in use"):
        RunningSite(tmp_path, PORT=str(running.port))


def test_a_setting_that_cannot_be_used_stops_the_start(tmp_path):
    with pytest.raises(RuntimeError, match="PORT must be a number from 1 to 65535, not 'many'"):
        RunningSite(tmp_path, PORT="many")


def test_an_interrupted_server_ends_cleanly(tmp_path):
    site = RunningSite(tmp_path)
    site.socket(site.browser("ada"), LESSON)
    assert site.stop() == 0
    assert site.log.rstrip().endswith("Stopped.")
    assert "Traceback" not in site.log


def test_metrics_count_what_happened(running):
    before = numbers_of(running)
    sockets = [running.socket(running.browser(name), LESSON) for name in ("alan", "barbara")]
    assert sockets[0].call("enter", {"place": NEXT}) == {"ok": True}
    after = numbers_of(running)
    assert after["presence_connections"] >= before["presence_connections"] + 2
    # Three states for each of the two, and at least one diff for the one who was there first.
    assert after["presence_frames_total"] >= before["presence_frames_total"] + 7
    proxied = {"X-Forwarded-For": "9.9.9.9"}
    assert requests.get(f"{running.url}/metrics", headers=proxied, timeout=10).status_code == 403
    for opened in sockets:
        opened.close()


def numbers_of(running) -> dict[str, float]:
    lines = requests.get(f"{running.url}/metrics", timeout=10).text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}
