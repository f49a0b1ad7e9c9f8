"""Someone who stops reading is hung up before it costs much, and no one else waits for them."""

import time
from contextlib import suppress
from socket import SO_RCVBUF, SOL_SOCKET

from websocket import WebSocketException

from tests.helpers.server import RunningSite

HERE, THERE = "company/keeping/recall", "company/keeping/spacing"
WALKERS = ("ada", "grace", "alan", "katherine", "dennis")
SLEEPERS = 10
LIMIT_MB = 25
LONG_NAME = "👩‍🚀" * 26


def resident_mb(process) -> float:
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def walker(site, username):
    """Someone with a name that is long on the wire."""
    browser = site.browser(username)
    form = {"form": "profile", "name": LONG_NAME, "csrf_token": site.token(browser, "/account")}
    assert browser.post(f"{site.url}/account", data=form, allow_redirects=False, timeout=10).status_code == 303
    return site.socket(browser, HERE)


def still_answers(sleeper) -> bool:
    """Answer a ping that was never read; whether the connection still takes it."""
    with suppress(WebSocketException, OSError):
        sleeper.raw.send("3")
        return True
    return False


def test_a_reader_who_stops_is_hung_up_and_the_others_notice_nothing(tmp_path):
    site = RunningSite(tmp_path)
    try:
        walkers = [walker(site, name) for name in WALKERS]
        browser = site.browser("barbara")
        sleepers = [site.socket(browser, HERE, sockopt=[(SOL_SOCKET, SO_RCVBUF, 2048)]) for _ in range(SLEEPERS)]
        before, slowest, awake, step = resident_mb(site.process), 0.0, SLEEPERS, 0
        ends = time.monotonic() + 60
        while awake and time.monotonic() < ends:
            step += 1
            for one in walkers:
                started = time.monotonic()
                assert one.call("enter", {"place": (HERE, THERE)[step % 2]})["ok"]
                slowest = max(slowest, time.monotonic() - started)
            awake = sum(map(still_answers, sleepers)) if step % 20 == 0 else awake
            time.sleep(0.06)
        assert awake == 0
        assert slowest < 1
        assert resident_mb(site.process) - before < LIMIT_MB
        assert "Traceback" not in site.log
    finally:
        site.stop()
