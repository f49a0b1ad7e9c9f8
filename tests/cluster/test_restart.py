"""All processes are restarted, one after the other, behind the nginx configuration that is kept in deploy/."""

import random
import threading
import time
from contextlib import suppress
from itertools import chain

import pytest
import requests

from presence.core.roster import GRACE_SECONDS
from tests.cluster.harness import Learner, await_, sign_in

LEARNERS = 300


@pytest.fixture(scope="module")
def front(cluster):
    nginx = cluster.nginx()
    yield f"http://127.0.0.1:{nginx.port}"
    nginx.stop()


@pytest.fixture(scope="module")
def sections(front):
    """The lessons of every section."""
    sections: dict[str, list[str]] = {}
    for place in requests.get(f"{front}/courses/places.json", timeout=10).json():
        if place.count("/") == 2:
            sections.setdefault(place.rsplit("/", 1)[0], []).append(place)
    return sections


@pytest.fixture(scope="module")
def crowd(cluster, front, sections):
    places = list(chain(*sections.values()))
    crowd = [Learner([front], cookie, random.choice(places)) for cookie in sign_in(cluster.folder, LEARNERS)]
    for learner in crowd:
        learner.start()
        time.sleep(0.005)
    await_(lambda: all(learner.socket for learner in crowd), 40)
    yield crowd
    for learner in crowd:
        learner.close()


class Traffic(threading.Thread):
    """People who move and load pages, all the time; `failed` are the requests that were not answered well."""

    def __init__(self, front: str, crowd: list[Learner], sections: dict[str, list[str]]) -> None:
        super().__init__(daemon=True)
        self.front, self.crowd, self.sections = front, crowd, sections
        self.failed: list[str] = []
        self.pages, self.going = 0, True

    def run(self) -> None:
        while self.going:
            learner = random.choice(self.crowd)
            # One that is being reconnected says it when it is back.
            with suppress(Exception):
                learner.move(random.choice(self.sections[learner.place.rsplit("/", 1)[0]]))
            self._load(random.choice(["/", f"/courses/{learner.place}", "/presence?place="]), learner)

    def _load(self, path: str, learner: Learner) -> None:
        try:
            answer = requests.get(self.front + path, headers={"Cookie": learner.cookie}, timeout=10)
            self.pages += 1
            if answer.status_code != 200:
                self.failed.append(f"{path}: {answer.status_code}")
        except requests.RequestException as error:
            self.failed.append(f"{path}: {error}")


def test_a_rolling_restart_is_noticed_by_no_one(cluster, front, crowd, sections):
    traffic = Traffic(front, crowd, sections)
    ada = cluster.sites[0].browser("ada")
    cluster.await_agreement(ada, 10, total=LEARNERS)
    for learner in crowd:
        learner.left.clear()
        learner.away = 0.0
    traffic.start()
    for number in range(len(cluster.sites)):
        started = Learner.cut_at = time.monotonic()
        assert cluster.sites[number].stop() == 0
        assert time.monotonic() - started < 5
        cluster.restart(number)
        await_(lambda: all(learner.socket for learner in crowd), 10)
        time.sleep(2)
    Learner.cut_at = 0.0
    time.sleep(3)
    traffic.going = False
    traffic.join(15)
    assert traffic.pages > 20
    assert traffic.failed == []
    assert max(learner.away for learner in crowd) < 10
    cluster.await_agreement(ada, 5, total=LEARNERS)
    left = {key for learner in crowd for key in learner.left}
    assert left <= late(cluster, ada, crowd, sections)


def test_a_rolling_restart_while_everyone_only_reads_loses_no_one(cluster, front, crowd, sections):
    """No page is loaded meanwhile, so nothing but WebSockets can tell nginx that a process is back."""
    ada = cluster.sites[0].browser("ada")
    cluster.await_agreement(ada, 10, total=LEARNERS)
    for learner in crowd:
        learner.left.clear()
        learner.away = 0.0
    for number, how in enumerate(("killed", "stopped", "killed")):
        Learner.cut_at = time.monotonic()
        if how == "killed":
            cluster.sites[number].process.kill()
            cluster.sites[number].process.wait()
        else:
            assert cluster.sites[number].stop() == 0
        cluster.restart(number)
        await_(lambda: all(learner.socket for learner in crowd), 15)
        time.sleep(2)
    Learner.cut_at = 0.0
    cluster.await_agreement(ada, 10, total=LEARNERS)
    left = {key for learner in crowd for key in learner.left}
    assert left <= late(cluster, ada, crowd, sections)


def late(cluster, browser, crowd, sections) -> set[str]:
    """The keys of those who took longer than the grace to come back (on a machine that has other things to do)."""
    slow = {f"Learner {n}" for n, learner in enumerate(crowd) if learner.away > GRACE_SECONDS - 0.5}
    states = cluster.states(browser, [places[0] for places in sections.values()])[0]
    people = [person for topic, state in states.items() if topic.count("/") == 1 for person in state["people"]]
    return {person["key"] for person in people if person["name"] in slow}
