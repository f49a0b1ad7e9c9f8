"""Joins, moves, rooms and abrupt closes for as long as you like; then checks that nothing is left over.

    python benchmarks/soak.py [--minutes 30] [--people 500]       (`make soak`)

At the end every page's view must equal the server's, memory must be flat, no error logged, and after everyone has left
no one may be left in any container. Exits with 1 and a sentence for each failure.
"""

import argparse
import json
import random
import selectors
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import requests
from children import running
from page import ROOMS, Page
from websocket import WebSocketException

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deploy.ports import free_port

HERE = Path(__file__).resolve().parent
SECTIONS, LESSONS = 12, 8
ACTIONS_A_SECOND_AND_PERSON = 0.1
LATE_SECONDS = 8
# Two samples of the resident memory may differ by this much without meaning anything.
NOISE_MB = 6


class Soak:
    def __init__(self, url: str, pid: int, cookies: list[str]) -> None:
        self.url, self.pid, self.cookies = url, pid, cookies
        self.pages: dict[int, Page] = {}
        self.selector = selectors.DefaultSelector()
        self.chance = random.Random(1)  # the same soak every time
        self.memory: list[float] = []
        self.done = self.gaps = self.refused = self.cut_off = 0
        self.empty_mb = self.resident_mb()

    def run(self, seconds: float) -> None:
        ends, pause = time.monotonic() + seconds, 1 / (ACTIONS_A_SECOND_AND_PERSON * len(self.cookies))
        next_action = next_sample = time.monotonic()
        while (now := time.monotonic()) < ends:
            if now >= next_action:
                next_action = max(now - 1, next_action) + pause
                self.act()
            if now >= next_sample:
                next_sample = now + max(0.5, seconds / 200)
                self.memory.append(self.resident_mb())
            self.listen(max(0.0, next_action - time.monotonic()))

    def act(self) -> None:
        self.done += 1
        person = self.chance.randrange(len(self.cookies))
        page = self.pages.get(person)
        if page is None:
            self.open(person)
            return
        actions = [self.move, self.look_away, self.react, self.plan, self.point, self.vanish]
        action = self.chance.choices(actions, [0.5, 0.1, 0.1, 0.1, 0.1, 0.1])[0]
        with suppress(WebSocketException, OSError):
            action(person, page)

    def open(self, person: int) -> None:
        page = self.pages[person] = Page(self.url, self.cookies[person], self.anywhere())
        self.selector.register(page, selectors.EVENT_READ, person)

    def move(self, _person: int, page: Page) -> None:
        page.enter(self.anywhere())

    def look_away(self, _person: int, page: Page) -> None:
        page.activity(self.chance.choice(["active", "away"]))

    def react(self, _person: int, page: Page) -> None:
        kind, on = self.chance.choice(["clap", "aha", "love", "lost"]), self.chance.random() < 0.7
        page.call("reactions", "react", at="exercise", kind=kind, on=on)

    def plan(self, _person: int, page: Page) -> None:
        page.call("timer", "plan", words=self.chance.choice(["", "Read on", "Do the exercise"]))

    def point(self, _person: int, page: Page) -> None:
        page.signal("pointers", "at", [self.chance.randrange(50)])

    def vanish(self, person: int, page: Page) -> None:
        self.selector.unregister(page)
        self.gaps, self.refused = self.gaps + page.gaps, self.refused + page.refused
        del self.pages[person]
        page.vanish()

    def anywhere(self) -> str:
        return f"course-0/section-{self.chance.randrange(SECTIONS)}/lesson-{self.chance.randrange(LESSONS)}"

    def listen(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            try:
                key.fileobj.read()
            except (WebSocketException, OSError):
                self.cut_off += 1
                self.vanish(key.data, key.fileobj)

    def settle(self) -> None:
        """Wait until all graces have ended and all ticks have been published."""
        ends = time.monotonic() + LATE_SECONDS
        while time.monotonic() < ends:
            self.listen(0.2)

    def differing(self) -> list[str]:
        """The topics that a page and the server show differently."""
        server = {place: self.ask(place) for place in {page.place for page in self.pages.values()}}
        found = []
        for page in self.pages.values():
            for state in server[page.place]:
                view, people = page.views[state["topic"]], {person["key"]: person for person in state["people"]}
                if (view["people"], view["counts"], view["total"]) != (people, state["counts"], state["total"]):
                    found.append(state["topic"])
        return found

    def disagreeing(self) -> list[str]:
        """The rooms of which two pages at one place show different cells or people."""
        seen: dict[tuple[str, str], object] = {}
        for page in self.pages.values():
            for room in ROOMS:
                shown = page.rooms.cells(room), page.rooms.people(room), page.rooms.total(room)
                if seen.setdefault((room, page.place), shown) != shown:
                    return [room]
        return []

    def ask(self, place: str) -> list[dict]:
        cookies = {"session": self.cookies[0]}
        return requests.get(f"{self.url}/presence", {"place": place}, cookies=cookies, timeout=20).json()["states"]

    def leave(self) -> None:
        for person, page in list(self.pages.items()):
            self.vanish(person, page)
        time.sleep(LATE_SECONDS)

    def left(self) -> dict[str, float]:
        lines = requests.get(f"{self.url}/metrics", timeout=20).text.splitlines()
        numbers = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        names = ("presence_connections", "presence_people", "presence_topics", "presence_room_people")
        return {name: float(numbers[name]) for name in names if float(numbers[name])}

    def resident_mb(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def kilobytes_a_page(self) -> float:
        """The memory of one page at the end, and its share of all that the process holds."""
        return (self.memory[-1] - self.empty_mb) * 1024 / max(1, len(self.pages))

    def grown_mb(self) -> float:
        """From the second quarter, when everything has been used once, to the last."""
        quarter = max(1, len(self.memory) // 4)
        return median(self.memory[-quarter:]) - median(self.memory[quarter : 2 * quarter] or self.memory)


def main() -> None:
    parser = argparse.ArgumentParser(description="Soak the site.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--people", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        fixture = [
            sys.executable,
            HERE / "fixture.py",
            folder,
            f"--people={arguments.people}",
            f"--sections={SECTIONS}",
        ]
        subprocess.run(fixture, check=True, stdout=subprocess.DEVNULL)
        with running([sys.executable, HERE / "serve.py", folder, port], folder, port) as process:
            soak = Soak(f"http://127.0.0.1:{port}", process.pid, json.loads((folder / "cookies.json").read_text()))
            faults = _soak(soak, arguments.minutes * 60)
        if any(word in (folder / "server.log").read_text() for word in ("Traceback", "ERROR")):
            faults.append("The server logged an error.")
    sys.exit("\n".join(faults) if faults else 0)


def _soak(soak: Soak, seconds: float) -> list[str]:
    soak.run(seconds)
    soak.settle()
    differing, disagreeing, present = soak.differing(), soak.disagreeing(), len(soak.pages)
    kilobytes = soak.kilobytes_a_page()
    soak.leave()
    left, grown = soak.left(), soak.grown_mb()
    print(
        f"{soak.done:,} actions in {seconds / 60:.1f} min, {present} pages open at the end, {soak.gaps} gaps, "
        f"{soak.refused} refusals, {soak.cut_off} pages cut off by the server; memory {soak.memory[-1]:.0f} MB, "
        f"{kilobytes:.0f} KB a page, grown by {grown:.1f} MB; left: {left or 'nothing'}."
    )
    faults = [f"A page differs from the server in the topic {topic!r}." for topic in differing[:5]]
    faults += [f"Two pages differ in the room {room!r}." for room in disagreeing]
    if soak.cut_off:
        faults.append(f"The server has cut off {soak.cut_off} pages.")
    if left:
        faults.append(f"After everybody has left there is still {left}.")
    if grown > NOISE_MB + 0.03 * soak.memory[-1]:
        faults.append(f"Memory grew by {grown:.1f} MB.")
    return faults


if __name__ == "__main__":
    main()
