"""Everything that a site gives to a few people who watch it, byte by byte, with the moment at which it came.

Two recordings of one evening, one with someone who does not want to be seen and one without them, can be compared.
`NOISE` names what is taken out before: nothing of it depends on who is there. What is random otherwise (aliases, the
epoch) is made the same; the clock is the test's.
"""

import json
import logging
import re

from accounts.models import User, find
from app import as_present
from tests.helpers.app import Site
from tests.presence.rooms.examples import Lamp, Pointers, Tally
from web.db import db

NOISE = {
    "the token of a form, new for every page": re.compile(r'(name="csrf_token"[^>]*value=")[^"]*'),
    "when one signed in, by the clock on the wall": re.compile(r"(<time datetime=)[^/]*"),
}
MACHINE = {
    "presence_connections": "sockets, of hidden users too; only the operator may read /metrics",
    "presence_frames_total": "as above",
    "presence_bytes_total": "as above",
    "presence_graces_saved_total": "as above",
    "presence_resyncs_total": "as above",
    "presence_rooms": "as above: also those where only someone hidden is",
    "presence_signals_dropped_total": "as above",
    "presence_cells_loaded_total": "as above: also for someone hidden",
    "presence_frame_cost_seconds": "a measurement of the machine",
}
"""The metrics that are about the machine and not about people."""

HEADERS = ("Content-Type", "Cache-Control", "ETag", "Location", "Retry-After")
TICK = 0.05
NOBODYS_PICTURE = "/avatars/" + "a" * 22 + ".webp"


class Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


class Recording:
    """Five people at different degrees of closeness, an instructor among them, and a guest. `seen` is what they got."""

    def __init__(self, folder) -> None:
        self.site, self.seen, self._log = Site(folder), [], Log()
        self._make_aliases_the_same()
        lessons = self.lessons = self.site.lessons
        at = {"ada": lessons[0], "grace": lessons[1], "katherine": lessons[2], "alan": lessons[-1], "margaret": ""}
        self.browsers = {name: self.site.browser(name) for name in at} | {"guest": self.site.browser()}
        self.rooms = [room(self.site.presence).name for room in (Lamp, Tally, Pointers)] + ["wave", "pairing"]
        self.tabs = {name: self.site.tab(self.browsers[name], place) for name, place in at.items()}
        for name in ("ada", "grace", "alan"):
            self.tabs[name].join(*self.rooms)
        # Whose address others may know: the test sets that of the person who is not to be seen.
        self.picture = NOBODYS_PICTURE
        logging.getLogger().setLevel(logging.INFO)
        logging.getLogger().addHandler(self._log)

    def advance(self, seconds: float) -> None:
        """Let time pass, tick by tick."""
        for _ in range(round(seconds / TICK)):
            self.site.advance(TICK)
            self._keep_frames()

    def look(self) -> None:
        """Everyone gets all that they can ask for."""
        self._keep_frames()
        for name, browser in self.browsers.items():
            for path in self._paths():
                self._keep(name, path, _text_of(browser.get(path)))
            self._keep(name, "the picture", _text_of(browser.get(self.picture)))
        self._keep("operator", "/metrics", _about_people(self.site.browser().get("/metrics").text))
        self._keep("operator", "the log", "\n".join(self._log.lines))

    def end(self) -> list[tuple]:
        logging.getLogger().removeHandler(self._log)
        logging.getLogger().setLevel(logging.WARNING)
        return self.seen

    def resync(self) -> None:
        for name, tab in self.tabs.items():
            for topic in ("", self.lessons[0].split("/")[0]):
                self._keep(name, f"resync {topic!r}", json.dumps(tab.emit("resync", {"topic": topic})))
        self._keep_frames()

    def ask(self, name: str, room: str, call: str, /, **arguments) -> None:
        """Let one of the people call a room, and keep the answer."""
        self._keep(name, f"{room}.{call}", json.dumps(self.tabs[name].call(room, call, **arguments)))

    def key_of(self, username: str) -> str:
        """The key by which others would know a user, if they could."""
        with self.site.app.app_context():
            return self.site.presence.node.keys.of(as_present(find(username)))

    def _paths(self):
        near, far = self.lessons[:5], self.lessons[-1]
        course, section = near[0].split("/")[0], near[0].rsplit("/", 1)[0]
        yield from ("/", f"/courses/{course}", *(f"/courses/{place}" for place in (*near, far)), "/account", "/login")
        yield from (f"/presence?place={place}" for place in ("", course, section, *near, far))

    def _keep_frames(self) -> None:
        for name, tab in self.tabs.items():
            for event, payload in tab.frames():
                self._keep(name, event, json.dumps(payload))

    def _keep(self, who: str, what: str, text: str) -> None:
        for pattern in NOISE.values():
            text = pattern.sub(r"\1", text)
        self.seen.append((f"{self.site.clock():.2f}", who, what, text))

    def _make_aliases_the_same(self) -> None:
        with self.site.app.app_context():
            for user in db.session.scalars(db.select(User)):
                user.alias = user.username
            db.session.commit()


def _text_of(response) -> str:
    headers = "".join(f"{name}: {response.headers[name]}\n" for name in HEADERS if name in response.headers)
    return f"{response.status_code}\n{headers}\n{response.data.decode(errors='replace')}"


def _about_people(metrics: str) -> str:
    return "\n".join(line for line in metrics.splitlines() if line.split(" ")[0] not in MACHINE)
