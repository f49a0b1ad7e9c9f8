"""Several site processes, a Redis, and learners whose pages come back by themselves, as those of a browser do."""

import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import websocket

from app import create_app
from deploy.ports import free_port
from deploy.services import Nginx, Redis
from tests.helpers.server import RawSocket, RunningSite

NEAR, NEXT, FAR = "realtime/talking/rooms", "realtime/talking/events", "company/keeping/recall"


class Cluster:
    """`sites[i]` are processes with ports of their own that share one Redis and one database."""

    def __init__(self, folder: Path, skewed: tuple[int, ...] = (0, 0, 0), redis: bool = True, **environment) -> None:
        """`skewed`: how wrong the clock of each process is, in seconds."""
        self.folder, self.environment, self.skewed = Path(folder), environment, skewed
        self.redis_port = free_port()
        self.redis = Redis(self.folder / "redis", self.redis_port) if redis else None
        self.ports = [free_port() for _ in skewed]
        self.sites: list[RunningSite] = []
        for number in range(len(skewed)):
            self.sites.append(self.start(number))

    def start(self, number: int, **environment: str) -> RunningSite:
        folder = self.folder / f"site-{number}-{time.monotonic_ns()}"
        folder.mkdir()
        return RunningSite(
            folder,
            PORT=str(self.ports[number]),
            INSTANCE_DIR=str(self.folder / "instance"),
            REDIS_URL=f"redis://127.0.0.1:{self.redis_port}/0",
            PYTHONPATH=str(Path(__file__).parent / "skew"),
            CLOCK_WRONG_BY=str(self.skewed[number]),
            **{"SAMPLE_USERS": "1", **self.environment, **environment},
        )

    def restart(self, number: int) -> None:
        self.sites[number] = self.start(number)

    def restart_redis(self) -> None:
        """A Redis that knows nothing takes the place of the one that was."""
        self.redis = Redis(self.folder / f"redis-{time.monotonic_ns()}", self.redis_port)

    def nginx(self) -> Nginx:
        return Nginx(self.folder / "nginx", self.ports)

    def stop(self) -> None:
        for site in self.sites:
            if site.process.poll() is None:
                site.process.send_signal(signal.SIGCONT)
                site.process.kill()
                site.process.wait()
        if self.redis:
            self.redis.stop()

    def states(self, browser, places=(NEAR, FAR)) -> list[dict]:
        """The topics of some places as each running process knows them, without what may differ."""
        running = [site for site in self.sites if site.process.poll() is None]
        return [{topic: state for place in places for topic, state in view(site, browser, place)} for site in running]

    def await_agreement(self, browser, seconds: float, total: int | None = None) -> dict:
        """Wait until all processes know the same (and of so many people). Fails when that takes longer."""
        deadline = time.monotonic() + seconds
        while True:
            states = self.states(browser)
            agreed = all(state == states[0] for state in states) and total in (None, states[0][""]["total"])
            if agreed or time.monotonic() > deadline:
                assert agreed, states
                return states[0]
            time.sleep(0.05)


def view(site: RunningSite, browser, place: str) -> list[tuple[str, dict]]:
    answer = browser.get(f"{site.url}/presence", params={"place": place}, timeout=10)
    assert answer.status_code == 200, answer.text
    return [(state["topic"], comparable(state)) for state in answer.json()["states"]]


def comparable(state: dict) -> dict:
    """A state without epoch and seq."""
    people = sorted(state["people"], key=lambda person: person["key"])
    return {"people": people, "counts": state["counts"], "total": state["total"]}


def sign_in(folder: Path, count: int) -> list[str]:
    """Cookies of so many learners, as a sign-in through the form would set them."""
    from accounts import session_tokens
    from accounts.models import User, UserSession
    from web.db import db

    app = create_app({"INSTANCE_DIR": str(folder / "instance")})
    with app.app_context():
        known = db.session.scalar(db.select(db.func.count()).select_from(User))
        users = [User(username=f"learner-{known + n}", name=f"Learner {n}", password_hash="none") for n in range(count)]
        db.session.add_all(users)
        db.session.flush()
        tokens = [session_tokens.new() for _user in users]
        rows = zip(map(session_tokens.digest, tokens), users, strict=True)
        db.session.add_all(UserSession(digest=digest, user_id=user.id) for digest, user in rows)
        db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)
    return [f"session={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]


class Learner(threading.Thread):
    """A page that stays open: it says where it is, and connects again when it is hung up.

    `left` are the keys it has seen leave its section, `paused` what it was told of Redis last, `away` the longest time
    from being hung up until its place was taken in again. A busy tester hears late of the former, so a test may say
    when it began, in `cut_at`.
    """

    cut_at = 0.0

    def __init__(self, urls: list[str], cookie: str, place: str) -> None:
        super().__init__(daemon=True)
        self.urls, self.cookie, self.place = urls, cookie, place
        self.socket: RawSocket | None = None
        self.shown: dict[str, set[str]] = {}
        self.left: list[str] = []
        self.away, self.paused, self.open, self._number = 0.0, False, True, 0
        self.signed_out: str | None = None

    def run(self) -> None:
        lost_at = time.monotonic()
        while self.open:
            try:
                self._connect()
                self.away = max(self.away, time.monotonic() - (Learner.cut_at or lost_at))
                while self.open:
                    self._hear()
            except (OSError, websocket.WebSocketException, AssertionError, TimeoutError):
                if self.socket:
                    lost_at, self.socket = time.monotonic(), None
                # As the browser's client does: half a second to one and a half.
                time.sleep(0.5 + random.random())

    def move(self, place: str) -> None:
        self.place = place
        if self.socket:
            self._number += 1
            self.socket.raw.send(f'42{self._number}["enter",{{"place":"{place}"}}]')

    def close(self) -> None:
        self.open = False
        if self.socket:
            self.socket.raw.close()

    def _connect(self) -> None:
        url = random.choice(self.urls)
        socket = RawSocket(url, self.cookie, timeout=5)
        assert socket.connect().startswith("40")
        socket.raw.settimeout(30)
        self.socket = socket
        self.move(self.place)
        entered = self._number
        while entered not in socket.acks:
            self._hear()

    def _hear(self) -> None:
        text = self.socket.raw.recv()
        if not text:
            raise ConnectionResetError
        self.socket._take(text)
        for name, payload in self.socket.events:
            if name == "presence_state":
                self._compare(payload)
            elif name == "presence_diff" and payload["topic"].count("/") == 1:
                self.left += payload.get("leaves", [])
                shown = self.shown.setdefault(payload["topic"], set())
                shown -= set(payload.get("leaves", []))
                shown |= {person["key"] for person in payload.get("joins", [])}
            elif name == "presence_paused":
                self.paused = payload["paused"]
            elif name == "signed_out":
                self.signed_out, self.open = payload["reason"], False
        self.socket.events.clear()

    def _compare(self, state: dict) -> None:
        """A new state that lacks someone who was in the last one is a flicker too; topics above show a sample only."""
        shown = {person["key"] for person in state["people"]}
        if state["topic"].count("/") == 1:
            self.left += self.shown.get(state["topic"], set()) - shown
        self.shown[state["topic"]] = shown


def await_(condition, seconds: float) -> float:
    """Wait for something to be true. Returns how long it took; fails when it takes too long."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"It was not so within {seconds} s."
        time.sleep(0.02)
    return time.monotonic() - start


def last_words(tab: RawSocket) -> str | None:
    """The last event that a socket is sent within a second, or before it is hung up."""
    with suppress(websocket.WebSocketException, OSError):
        tab.listen(1)
    return tab.events[-1][0] if tab.events else None
