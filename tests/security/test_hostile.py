"""A hostile client against the real server, and a healthy pair of people beside it who must not notice.

The attacks run in processes of their own, as three users; the outcome of each is named in hostile.py.
"""

import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from tests.helpers.server import ROOT, RunningSite
from tests.security.hostile import ATTACKS, OUTCOMES

pytestmark = pytest.mark.alone

LESSONS = ("company/keeping/recall", "company/keeping/spacing")
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
LONGEST_DELAY = 0.25
MEMORY_MB = 48


class Pair:
    """Two people on one lesson: one goes to and fro, the other sees it.

    `delays` are in seconds. `echoes` is how long a process that only echoes took in the same moments: what the machine
    that runs the tests, beside whatever else, makes everything wait.
    """

    def __init__(self, site: RunningSite) -> None:
        self.ada, self.grace = (site.socket(site.browser(name), LESSONS[0]) for name in ("ada", "grace"))
        self.delays: list[float] = []
        self.echoes: list[float] = []
        self._echo = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.names: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
        self._echo.stdin.close()
        self._echo.wait()

    def _watch(self) -> None:
        for turn in range(1, 100_000):
            if self._stop.wait(0.15):
                return
            place, started = LESSONS[turn % 2], time.monotonic()
            assert self.grace.call("enter", {"place": place}) == {"ok": True}
            while not self._sees(place):
                self.ada._take(self.ada.raw.recv())
            self.delays.append(time.monotonic() - started)
            started = time.monotonic()
            self._echo.stdin.write(b".")
            self._echo.stdout.read(1)
            self.echoes.append(time.monotonic() - started)

    def _sees(self, place: str) -> bool:
        events, self.ada.events = self.ada.events, []
        people = [person for _, event in events for kind in ("joins", "updates") for person in event.get(kind, [])]
        self.names |= {person["name"] for person in people}
        return any(person["name"] == "Grace" and person["places"] == [place] for person in people)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


@pytest.fixture(scope="module")
def siege(running):
    """What came of every attack, and of the pair meanwhile."""
    pair, before = Pair(running), memory(running)
    attackers = [attacker(running, *group) for group in (("dennis", PATIENT), ("barbara", QUICK))]
    attackers.insert(0, attacker(running, "alan", CONNECTS))
    outcomes = {}
    for process in attackers:
        outcomes |= json.loads(process.communicate(timeout=300)[0])
    pair.stop()
    yield {"outcomes": outcomes, "pair": pair, "grown": memory(running) - before}
    pair.ada.close(), pair.grace.close()


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
    delays, echoes = sorted(siege["pair"].delays), sorted(siege["pair"].echoes)
    assert len(delays) > 100
    nearly_all = -1 - len(delays) // 100
    assert delays[nearly_all] - echoes[nearly_all] < LONGEST_DELAY, f"Of {len(delays)}: {delays[-5:]}, {echoes[-5:]}"


def test_the_pair_sees_only_who_is_there(siege):
    assert siege["pair"].names <= {"Ada", "Grace", "Alan", "Barbara", "Dennis"}


def test_the_memory_is_bounded(siege):
    assert siege["grown"] < MEMORY_MB


def test_the_log_names_nobody_and_holds_no_traceback(running, siege):
    assert "Traceback" not in running.log
    assert "127.0.0.1 - -" not in running.log


@pytest.mark.usefixtures("siege")
def test_afterwards_nobody_is_left_who_is_not_there(running):
    for _ in range(60):
        found = metrics(running)
        if found["presence_people"] == 2 and found["presence_connections"] == 2:
            break
        time.sleep(0.5)
    assert (found["presence_people"], found["presence_connections"]) == (2, 2)
    assert found["presence_ghosts_swept_total"] == 0
