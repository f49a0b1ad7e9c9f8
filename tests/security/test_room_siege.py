"""Thirty hostile pages in a room beside a healthy pair on the same lesson, who must not notice."""

import json
import subprocess
import sys

import pytest

from tests.helpers.server import ROOT, RunningSite
from tests.security.pair import LONGEST_DELAY, Pair
from tests.security.room_siege import SIGNALS_A_SECOND, SOCKETS_A_COOKIE
from tests.security.test_hostile import MEMORY_MB, memory, metrics

pytestmark = pytest.mark.alone

SECONDS = 10


class SiteWithSlowRoom(RunningSite):
    program = [str(ROOT / "tests" / "security" / "slow_room.py")]


@pytest.fixture(scope="module")
def siege(tmp_path_factory):
    """The outcome, the pair's delays meanwhile, and the site."""
    site = SiteWithSlowRoom(tmp_path_factory.mktemp("instance"), SAMPLE_USERS="1")
    pair, before = Pair(site), memory(site)
    browsers = [site.browser(username) for username in ("dennis", "barbara")]
    cookies = ["; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies) for browser in browsers]
    # Elsewhere they would not take the server's processor from it.
    command = ["nice", "-n", "15", sys.executable, "-m", "tests.security.room_siege", site.url, str(SECONDS), *cookies]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90)
    pair.stop()
    assert done.returncode == 0, done.stderr
    yield {"said": json.loads(done.stdout), "pair": pair, "grown": memory(site) - before, "site": site}
    pair.close()
    site.stop()


def test_the_attack_was_one(siege):
    said = siege["said"]
    assert said["signals"] > 0.5 * SECONDS * SIGNALS_A_SECOND * 2 * SOCKETS_A_COOKIE
    assert said["hung up or refused"] >= 1
    assert said["awake"] > 10


def test_a_healthy_pair_on_that_lesson_sees_no_delay(siege):
    pair = siege["pair"]
    assert len(pair.delays) > 20
    assert pair.excess() < LONGEST_DELAY, sorted(pair.delays)[-5:]


def test_the_memory_is_bounded_and_nothing_broke(siege):
    assert siege["grown"] < MEMORY_MB
    assert "Traceback" not in siege["site"].log


def test_what_was_too_much_was_dropped(siege):
    """At most twelve signals a second are taken from each socket; a new connection begins to count anew."""
    found, said = metrics(siege["site"]), siege["said"]
    most = 12 * (SECONDS + 2) * 2 * SOCKETS_A_COOKIE + 12 * said["hung up or refused"]
    assert 0 < found["presence_signals_total"] <= most
