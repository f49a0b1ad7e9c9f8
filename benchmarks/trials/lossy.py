"""Learners on a bad line, with the heartbeats of before and of now: how often they are seen leaving, wrongly.

Both sites run at once, each behind a relay of its own that loses the same share of segments (lossy_relay.py). In each
section someone on a good line watches; all learners stay, so each leave that is seen is a flicker. About 85 seconds.
"""

import asyncio
import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from children import running

from deploy.ports import free_port

from .learner import Learner
from .lossy_relay import LossyRelay

HERE = Path(__file__).resolve().parent.parent
HEARTBEATS = {"before: 10 s + 10 s": (10, 10), "now: 8 s + 12 s": (8, 12)}
SECTIONS, PEOPLE_OF_SECTION, LESSONS = 12, 20, 8
JOIN_SECONDS = 15
WATCH_SECONDS = 60


def measure(folder: Path) -> dict:
    """{"lines": [a row for each setting]}."""
    with ExitStack() as stack:
        sites = []
        for number, (name, heartbeat) in enumerate(HEARTBEATS.items()):
            home, port = folder / str(number), free_port()
            home.mkdir()
            people = SECTIONS * (PEOPLE_OF_SECTION + 1)
            fixture = [sys.executable, HERE / "fixture.py", home, f"--people={people}", f"--sections={SECTIONS}"]
            subprocess.run(fixture, check=True, stdout=subprocess.DEVNULL)
            command = [sys.executable, HERE / "serve.py", home, port, "--heartbeat", *heartbeat]
            stack.enter_context(running(command, home, port))
            sites.append((name, port, json.loads((home / "cookies.json").read_text())))
        return {"lines": asyncio.run(_watch_all(sites))}


async def _watch_all(sites: list[tuple[str, int, list[str]]]) -> list[dict]:
    return list(await asyncio.gather(*(_watch(*site) for site in sites)))


async def _watch(name: str, port: int, cookies: list[str]) -> dict:
    relay, sections = LossyRelay(port, seed=1), [Section(f"course-0/section-{n}") for n in range(SECTIONS)]
    await relay.start()
    observers = [Learner(port, cookies.pop(), f"{one.path}/lesson-0", one.see) for one in sections]
    learners = [Learner(relay.port, cookie, _place(n)) for n, cookie in enumerate(cookies)]
    tasks = [asyncio.create_task(learner.run()) for learner in [*observers, *learners]]
    await asyncio.sleep(JOIN_SECONDS)
    before = _counts(sections, learners)
    await asyncio.sleep(WATCH_SECONDS)
    after = _counts(sections, learners)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    relay.stop()
    counted = {figure: after[figure] - before[figure] for figure in after}
    return {"heartbeat": name, "people": len(learners), **counted}


def _place(number: int) -> str:
    return f"course-0/section-{number % SECTIONS}/lesson-{number // SECTIONS % LESSONS}"


def _counts(sections: list["Section"], learners: list[Learner]) -> dict[str, int]:
    return {
        "rounds": sum(learner.pings for learner in learners),
        "cut_off": sum(learner.losses for learner in learners),
        "flickers": sum(section.leaves for section in sections),
    }


class Section:
    """Counts who is seen leaving a section."""

    def __init__(self, path: str) -> None:
        self.path, self.leaves = path, 0

    def see(self, _event: str, told: dict) -> None:
        if told.get("topic") == self.path:
            self.leaves += len(told.get("leaves", []))
