"""The servers that are measured: the site, and the peers it is measured against.

    site    this site, served by its own code (serve.py) on a fixture (fixture.py)
    seed    the seed's algorithm (peers/room.js) on PartyKit's own local runtime, `partykit dev`
    relay   the seed's algorithm for pointers and videos (peers/relay.js), on the same
    node    this site's protocol (peers/node.js) on Node's Socket.IO

and the peers that a user would pick instead, each written as its documentation has it:

    colyseus     rooms of Colyseus with its state synchronization (peers/colyseus.js)
    hocuspocus   the awareness of Yjs on Hocuspocus (peers/hocuspocus.js)
    asgi         this site's protocol and roster on python-socketio's ASGI server and uvicorn (peers/asgi.py)

Each is a context manager `(folder, people, sections)` that gives the load generator what it needs to know.
"""

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from children import running

from deploy.ports import free_port

HERE = Path(__file__).resolve().parent


@contextmanager
def site(folder: Path, people: int, sections: int):
    port = free_port()
    fixture = [sys.executable, HERE / "fixture.py", folder, f"--people={people}", f"--sections={sections}"]
    subprocess.run(fixture, check=True, stdout=subprocess.DEVNULL)
    with running([sys.executable, HERE / "serve.py", folder, port], folder, port) as process:
        yield _target(process, port, people, "socket.io", cookies=str(folder / "cookies.json"))


def seed(folder: Path, people: int, sections: int):
    return _partykit(folder, people, "seed", "room.js")


def relay(folder: Path, people: int, sections: int):
    return _partykit(folder, people, "relay", "relay.js")


@contextmanager
def _partykit(folder: Path, people: int, protocol: str, room: str):
    port = free_port()
    # It keeps its state beside its settings, so it runs in a folder of its own.
    shutil.copy(HERE / "peers" / room, folder)
    (folder / "partykit.json").write_text(json.dumps({"name": protocol, "main": room}))
    partykit = HERE / "node_modules" / "partykit" / "dist" / "bin.mjs"
    options = ["--compatibility-date=2024-07-01", "--disable-request-cf-fetch", "--no-hotkeys"]
    with running(["node", partykit, "dev", f"--port={port}", *options], folder, port) as process:
        yield _target(process, port, people, protocol)


def _peer(script: str, protocol: str, program: str | Path = "node"):
    """A server of peers/ that is told its port, and whose clients speak `protocol`."""

    @contextmanager
    def start(folder: Path, people: int, sections: int):
        port = free_port()
        with running([program, HERE / "peers" / script, port], folder, port) as process:
            yield _target(process, port, people, protocol)

    return start


node = _peer("node.js", "socket.io")
colyseus = _peer("colyseus.js", "colyseus")
hocuspocus = _peer("hocuspocus.js", "hocuspocus")
asgi = _peer("asgi.py", "socket.io", sys.executable)


TARGETS = {
    "site": site,
    "seed": seed,
    "relay": relay,
    "node": node,
    "colyseus": colyseus,
    "hocuspocus": hocuspocus,
    "asgi": asgi,
}


def _target(process, port: int, people: int, protocol: str, **more) -> dict:
    url = f"ws://127.0.0.1:{port}"
    return {"url": url, "pid": process.pid, "protocol": protocol, "people": people, **more}
