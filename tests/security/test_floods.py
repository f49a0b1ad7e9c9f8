"""A guest floods the site: a healthy pair beside it does not notice, and the process does not grow."""

import subprocess
import sys

import pytest
import requests

from deploy.services import Nginx
from tests.helpers.server import ROOT, RunningSite
from tests.security.floods import FLOODS, LESSON
from tests.security.pair import LONGEST_DELAY, Pair
from tests.security.test_hostile import MEMORY_MB, memory

pytestmark = pytest.mark.alone

# The bench does the same for longer, with a pair that moves more often.
SECONDS = 1.5
# Nginx reads a body before it passes anything on, and one request of a connection after the other.
BEHIND_NGINX = ["pipelined lessons on 50 connections", "100 readers", "chunks"]


@pytest.fixture(scope="module")
def front(request, tmp_path_factory):
    """A running site, where its visitors reach it."""
    behind = request.param == "behind nginx"
    folder = tmp_path_factory.mktemp("flooded")
    site = RunningSite(folder, TRUSTED_PROXIES=str(int(behind)), SAMPLE_USERS="1")
    nginx = Nginx(folder / "nginx", [site.port]) if behind else None
    if nginx:
        site.url = f"http://127.0.0.1:{nginx.port}"
    yield site
    if nginx:
        nginx.stop()
    site.stop()


@pytest.fixture(scope="module")
def pair(front):
    pair = Pair(front)
    # What a process keeps of its first pages is not the floods' doing.
    for _ in range(40):
        requests.get(front.url + LESSON, timeout=10)
    yield pair
    pair.stop()
    pair.close()


@pytest.mark.parametrize("front", ["direct"], indirect=True, scope="module")
@pytest.mark.parametrize("flood", FLOODS)
def test_a_healthy_pair_beside_a_flood_sees_no_delay(front, pair, flood):
    endure(front, pair, flood)


@pytest.mark.parametrize("front", ["behind nginx"], indirect=True, scope="module")
@pytest.mark.parametrize("flood", BEHIND_NGINX)
def test_a_healthy_pair_behind_nginx_sees_no_delay(front, pair, flood):
    endure(front, pair, flood)


def endure(front, pair, flood):
    before, had = len(pair.delays), memory(front)
    # Elsewhere it would not take the server's processor from it.
    command = ["nice", "-n", "15", sys.executable, "-m", "tests.security.floods", front.url, flood, str(SECONDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    assert len(pair.delays) - before > 5
    print(f"{flood}: {pair.excess(before) * 1000:.0f} ms, +{memory(front) - had:.0f} MB, {done.stdout.strip()}")
    assert pair.excess(before) < LONGEST_DELAY, sorted(pair.delays[before:])[-5:]
    assert memory(front) - had < MEMORY_MB
    assert "Traceback" not in front.log
