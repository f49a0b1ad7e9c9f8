"""A healthy pair of people, who must not notice what a hostile client does beside them."""

import subprocess
import threading
import time

from tests.helpers.server import RunningSite

LESSONS = ("company/keeping/recall", "company/keeping/spacing")
LONGEST_DELAY = 0.25
PAUSE_SECONDS = 0.15


class Pair:
    """Two people on one lesson: one goes to and fro, the other sees it. Between two moves there is a pause.

    `delays` are in seconds. `echoes` is how long a process that only echoes took in the same moments: what the machine
    that runs the tests, beside whatever else, makes everything wait.
    """

    def __init__(self, site: RunningSite, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
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

    def close(self) -> None:
        self.ada.close()
        self.grace.close()

    def excess(self, since: int = 0) -> float:
        """The 99th percentile of the delays from number `since` on, without what the machine makes a mere echo wait."""
        delays, echoes = sorted(self.delays[since:]), sorted(self.echoes[since:])
        nearly_all = -1 - len(delays) // 100
        return delays[nearly_all] - echoes[nearly_all]

    def _watch(self) -> None:
        for turn in range(1, 100_000):
            if self._stop.wait(self._pause):
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
