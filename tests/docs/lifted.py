"""The site of docs/lifting.md: made and run as the page says, with readers of its book."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import socketio

from deploy.ports import free_port
from tests.docs.document import ROOT, Block, blocks, text

DOCUMENT = text("lifting.md")
FILE = re.compile(r"(?:#|//|<!--) ([\w/.]+)(, at the end)?(?: -->)?")
COMMANDS = [block.text for block in blocks(DOCUMENT, "sh")]


REPOSITORY = ("presence", "static/js/presence", "static/vendor/socket.io-client", "pyproject.toml", "README.md")
"""The parts of this repository that the package is built from."""
# The tests stay on this machine: pip takes what is installed for the tests already, setuptools included.
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@contextmanager
def lifted(folder, *more: str) -> Iterator[str]:
    """Follow the page, and then others, in an empty folder; gives the URL of the site, which runs meanwhile."""
    make(folder, *more)
    port = free_port()
    words = shlex.split(COMMANDS[-1].replace("5001", str(port)))
    assert words[0] == "flask"
    with (folder / "log").open("wb") as log:
        options = {"cwd": folder / "book", "env": environment(folder), "stdout": log, "stderr": log}
        process = subprocess.Popen([folder / "book/.venv/bin/python", "-m", *words], **options)
    try:
        await_answer(process, url := f"http://127.0.0.1:{port}")
        yield url
    finally:
        # An interrupt would not end it where a shell in the background has started the tests.
        process.terminate()
        process.wait(timeout=10)


def make(folder, *more: str) -> None:
    """Type the commands that install the package, and write the files of the page and of others."""
    copy_repository(folder / "studyhall")
    for line in COMMANDS[0].splitlines():
        if line.startswith("python3 -m venv"):
            make_empty_environment(folder / "book/.venv")
        else:
            in_book = line.startswith("mkdir book")
            run(folder, line, folder if in_book else folder / "book")
    for document in (DOCUMENT, *map(text, more)):
        for block in blocks(document):
            write(folder / "book", block)


def run(folder, line: str, cwd) -> str:
    """Type a line in the environment of the book."""
    command = line.replace("pip install", f"{folder}/book/.venv/bin/python -m pip install")
    command = re.sub("^pytest", f"{folder}/book/.venv/bin/python -m pytest", command, flags=re.MULTILINE)
    answer = subprocess.run(["bash", "-ec", command], cwd=cwd, env=environment(folder), capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def environment(folder) -> dict[str, str]:
    # Nothing of this repository may be found by accident.
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **OFFLINE}


def make_empty_environment(path) -> None:
    """A virtual environment that has the third-party packages of the tests, and nothing of this repository."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", path], check=True)
    [site] = path.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")


def copy_repository(target) -> None:
    """The part of the repository that pip reads; it builds in place, so it gets a copy."""
    for part in REPOSITORY:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, target / part)


def write(folder, block: Block) -> None:
    """Write a block whose first line names a file; that line is a comment in the file too."""
    if found := FILE.fullmatch(block.text.splitlines()[0]):
        with (folder / found[1]).open("a" if found[2] else "x") as file:
            file.write(block.text)


def await_answer(process: subprocess.Popen, url: str) -> None:
    for _ in range(200):
        assert process.poll() is None, "The site did not start."
        try:
            requests.get(url, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.05)


class Reader:
    """Someone with a browser's cookies and a socket. `heard` are the events, in order."""

    def __init__(self, url: str, name: str) -> None:
        self.url, self.browser, self.heard = url, requests.Session(), []
        self.post("/login", name=name)
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("*", lambda event, payload: self.heard.append((event, payload)))
        cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.browser.cookies)
        self.socket.connect(url, headers={"Cookie": cookie}, transports=["websocket"])

    def post(self, path: str, **fields) -> None:
        self.browser.post(self.url + path, data=fields, timeout=5).raise_for_status()

    def enter(self, place: str) -> dict:
        return self.socket.call("enter", {"place": place}, timeout=5)

    def hears(self, event: str, test) -> bool:
        """Whether an event comes, or has come, that passes a test. It and all before it are read then."""
        for _ in range(160):
            for index, (name, payload) in enumerate(self.heard):
                if name == event and test(payload):
                    del self.heard[: index + 1]
                    return True
            time.sleep(0.05)
        return False

    def close(self) -> None:
        self.socket.disconnect()
