"""A hostile client against the real server, and a healthy pair of people beside it who must not notice.

The attacks run in processes of their own, as three users; the outcome of each is named in hostile.py.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.helpers.server import ROOT, RunningSite
from tests.security.hostile import ATTACKS, OUTCOMES
from tests.security.pair import LONGEST_DELAY, Pair

pytestmark = pytest.mark.alone

CONNECTS = ["two thousand connects of one user"]
PATIENT = [
    "frames byte by byte",
    "half open handshakes",
    "handshakes that never connect",
    "never reading",
    "pings that are not answered",
    "request lines letter by letter",
    "silent connections",
]
QUICK = [name for name in ATTACKS if name not in CONNECTS + PATIENT]
MEMORY_MB = 48


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


@pytest.fixture(scope="module")
def siege(running):
    """The outcome of every attack, and the pair's delays meanwhile."""
    pair, before = Pair(running), memory(running)
    attackers = [attacker(running, *group) for group in (("dennis", PATIENT), ("barbara", QUICK))]
    attackers.insert(0, attacker(running, "alan", CONNECTS))
    outcomes = {}
    for process in attackers:
        outcomes |= json.loads(process.communicate(timeout=300)[0])
    pair.stop()
    yield {"outcomes": outcomes, "pair": pair, "grown": memory(running) - before}
    pair.close()


def attacker(site, username, attacks):
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.browser(username).cookies)
    # Elsewhere they would not take the server's processor from it.
    command = ["nice", "-n", "15", sys.executable, "-m", "tests.security.hostile", site.url, cookie, *attacks]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def memory(site) -> float:
    """Resident memory of the server in MB."""
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def metrics(site) -> dict[str, float]:
    lines = requests.get(f"{site.url}/metrics", timeout=10).text.splitlines()
    return {name: float(value) for name, value in (line.split(" ") for line in lines if not line.startswith("#"))}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_outcome_of_an_attack_is_the_named_one(siege, attack):
    assert siege["outcomes"][attack] == OUTCOMES[attack]


def test_a_healthy_pair_beside_it_sees_no_delay(siege):
    """One in a hundred is left to the machine, and what it makes a mere echo wait."""
    pair = siege["pair"]
    assert len(pair.delays) > 100
    assert pair.excess() < LONGEST_DELAY, sorted(pair.delays)[-5:]


def test_the_pair_sees_only_who_is_there(siege):
    assert siege["pair"].names <= {"Ada", "Grace", "Alan", "Barbara", "Dennis"}


def test_the_memory_is_bounded(siege):
    assert siege["grown"] < MEMORY_MB


def test_the_log_names_no_one_and_holds_no_traceback(running, siege):
    assert "Traceback" not in running.log
    assert "127.0.0.1 - -" not in running.log


@pytest.mark.usefixtures("siege")
def test_afterwards_no_one_is_left_who_is_not_there(running):
    for _ in range(60):
        found = metrics(running)
        if found["presence_people"] == 2 and found["presence_connections"] == 2:
            break
        time.sleep(0.5)
    assert (found["presence_people"], found["presence_connections"]) == (2, 2)
    assert found["presence_ghosts_swept_total"] == 0
