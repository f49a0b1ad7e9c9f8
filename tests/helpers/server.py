"""The real thing: `python app.py` in a process of its own, browsers that sign in over HTTP, and raw WebSockets."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import requests
import websocket

from deploy.ports import free_port
from tests.helpers import databases

ROOT = Path(__file__).resolve().parent.parent.parent
# Long, for a machine that has other things to do.
START_SECONDS = 60


class RunningSite:
    """A site that runs until `stop()`. `log` is what it has printed, errors included.

    It finds a database with the sample users, unless `has_database` is false, and then makes it as on a new machine.
    """

    program = [str(ROOT / "app.py")]
    has_database = True

    def __init__(self, folder, *arguments: str, **environment: str) -> None:
        self.port, self.log_path = environment.get("PORT") or free_port(), Path(folder) / "log"
        self.url = f"http://127.0.0.1:{self.port}"
        # Closed with the site: a socket that is collected while it is open is a warning, and warnings are errors.
        self._opened: list[requests.Session | RawSocket] = []
        environment = {
            **os.environ,
            "INSTANCE_DIR": str(folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            **environment,
        }
        if self.has_database and "DATABASE_URL" not in environment:
            databases.put(Path(environment["INSTANCE_DIR"]), samples=True)
        with self.log_path.open("wb") as log:
            command = [sys.executable, *self.program, *arguments]
            pipes = {"stdout": log, "stderr": log, "stdin": subprocess.DEVNULL}
            self.process = subprocess.Popen(command, env=environment, cwd=ROOT, **pipes)
        self._await_answer()

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"The site did not start:\n{self.log}")
            # It says so when it listens. To ask over HTTP would not tell it from another server on that port.
            if "Stop it with Ctrl-C" in self.log:
                return
            time.sleep(0.02)
        self.process.kill()
        raise RuntimeError(f"The site did not answer within {START_SECONDS} s:\n{self.log}")

    def stop(self) -> int:
        """End the site as a service manager does. Returns its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=10)
        for opened in self._opened:
            opened.close()
        return code

    def browser(self, username: str | None = None, password: str = "learn-together") -> requests.Session:
        """A browser without JavaScript, signed in as a sample user."""
        browser = requests.Session()
        self._opened.append(browser)
        if username:
            form = {"username": username, "password": password, "csrf_token": self.token(browser)}
            answer = browser.post(f"{self.url}/login", data=form, allow_redirects=False, timeout=10)
            assert answer.status_code == 303, answer.text
        return browser

    def sign_out(self, browser: requests.Session) -> None:
        browser.post(f"{self.url}/logout", data={"csrf_token": self.token(browser)}, timeout=10)

    def metric(self, name: str) -> float:
        lines = requests.get(f"{self.url}/metrics", timeout=10).text.splitlines()
        return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{name} "))

    def token(self, browser: requests.Session, path: str = "/login") -> str:
        page = browser.get(self.url + path, timeout=10).text
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def socket(self, browser: requests.Session, place: str | None = None, **options) -> "RawSocket":
        """An open Socket.IO connection of a browser, at a place. `options` go to the WebSocket client."""
        raw = RawSocket(self.url, "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies), **options)
        self._opened.append(raw)
        raw.connect()
        if place is not None:
            assert raw.call("enter", {"place": place}) == {"ok": True}
        return raw


class RawSocket:
    """Engine.IO and Socket.IO by hand: what a hostile client would use. Pings are answered whenever it reads."""

    def __init__(self, url: str, cookie: str = "", path: str = "/socket.io/", **options) -> None:
        address = url.replace("http", "ws", 1) + path + "?EIO=4&transport=websocket"
        options = {"origin": url, "timeout": 10, **options}
        self.raw = websocket.create_connection(address, cookie=cookie, **options)
        self.events: list[tuple[str, dict]] = []
        self.acks: dict[int, object] = {}
        self._calls = 0
        assert self.raw.recv().startswith("0")

    def connect(self) -> str:
        """Join the namespace. Returns the server's answer: `40…`, or `44…` for a refusal."""
        self.raw.send("40")
        while not (text := self.raw.recv()).startswith(("40", "44")):
            self._take(text)
        return text

    def call(self, event: str, *payload):
        """Emit an event and wait for its acknowledgement."""
        self._calls += 1
        self.raw.send(f"42{self._calls}" + json.dumps([event, *payload]))
        while self._calls not in self.acks:
            self._take(self.raw.recv())
        return self.acks.pop(self._calls)

    def listen(self, seconds: float) -> list[tuple[str, dict]]:
        """The events that come within some seconds, those that came before included."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.raw.settimeout(left)
            try:
                self._take(self.raw.recv())
            except websocket.WebSocketTimeoutException:
                break
        self.raw.settimeout(10)
        events, self.events = self.events, []
        return events

    def is_hung_up(self, seconds: float = 5) -> bool:
        """Whether the server closes the connection within some seconds."""
        self.raw.settimeout(seconds)
        try:
            while text := self.raw.recv():
                self._take(text)
        except websocket.WebSocketTimeoutException:
            return False
        except (websocket.WebSocketException, OSError):
            return True
        return True

    def close(self) -> None:
        self.raw.close()
        # The library leaves the socket open when the server has hung up first.
        self.raw.shutdown()

    def _take(self, text: str) -> None:
        if text == "2":
            self.raw.send("3")
        elif found := re.match(r"43(\d+)(.*)", text, re.DOTALL):
            self.acks[int(found[1])] = json.loads(found[2])[0]
        elif text.startswith("42"):
            self.events.append(tuple(json.loads(text[2:])))
