"""Learners on a bad line, with the heartbeats of before and of now: how often they are seen leaving, wrongly.

Both sites run at once, each behind a relay of its own that loses the same share of segments (lossy_relay.py). Someone
on a good line watches the section; all learners stay, so each leave that is seen is a flicker. About 85 seconds.
"""

import asyncio
import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from children import free_port, running

from .learner import Learner
from .lossy_relay import LossyRelay

HERE = Path(__file__).resolve().parent.parent
HEARTBEATS = {"before: 10 s + 10 s": (10, 10), "now: 8 s + 12 s": (8, 12)}
PEOPLE = 150
JOIN_SECONDS = 15
WATCH_SECONDS = 60
PLACE, TOPIC = "course-0/section-0/lesson-{}", "course-0/section-0"


def measure(folder: Path) -> dict:
    """{"lines": [a row for each setting]}."""
    with ExitStack() as stack:
        sites = []
        for number, (name, heartbeat) in enumerate(HEARTBEATS.items()):
            home, port = folder / str(number), free_port()
            home.mkdir()
            fixture = [sys.executable, HERE / "fixture.py", home, f"--people={PEOPLE + 1}", "--sections=1"]
            subprocess.run(fixture, check=True, stdout=subprocess.DEVNULL)
            command = [sys.executable, HERE / "serve.py", home, port, "--heartbeat", *heartbeat]
            stack.enter_context(running(command, home, port))
            sites.append((name, port, json.loads((home / "cookies.json").read_text())))
        return {"lines": asyncio.run(_watch_all(sites))}


async def _watch_all(sites: list[tuple[str, int, list[str]]]) -> list[dict]:
    return list(await asyncio.gather(*(_watch(*site) for site in sites)))


async def _watch(name: str, port: int, cookies: list[str]) -> dict:
    relay, section = LossyRelay(port, seed=1), Section()
    await relay.start()
    observer = Learner(port, cookies[0], PLACE.format(0), section.see)
    learners = [Learner(relay.port, cookie, PLACE.format(n % 8)) for n, cookie in enumerate(cookies[1:])]
    tasks = [asyncio.create_task(learner.run()) for learner in [observer, *learners]]
    await asyncio.sleep(JOIN_SECONDS)
    before = _counts(section, learners)
    await asyncio.sleep(WATCH_SECONDS)
    after = _counts(section, learners)
    away, entered = section.away, sum(one.entered.is_set() for one in learners)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    relay.stop()
    counted = {figure: after[figure] - before[figure] for figure in after}
    return {"heartbeat": name, "people": entered, **counted, "away_at_the_end": away}


def _counts(section: "Section", learners: list[Learner]) -> dict[str, int]:
    return {
        "rounds": sum(learner.pings for learner in learners),
        "cut_off": sum(learner.losses for learner in learners),
        "flickers": section.leaves,
    }


class Section:
    """The section as the observer's page sees it."""

    def __init__(self) -> None:
        self.leaves, self._present = 0, {}

    @property
    def away(self) -> int:
        return sum(not here for here in self._present.values())

    def see(self, _event: str, told: dict) -> None:
        if told.get("topic") == TOPIC:
            arrived = [*told.get("people", []), *told.get("joins", [])]
            self._present |= {person["key"]: True for person in arrived}
            self._present |= dict.fromkeys(told.get("leaves", []), False)
            self.leaves += len(told.get("leaves", []))
