"""The machine and the versions that the figures were measured on."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("Flask", "Flask-SocketIO", "python-socketio", "python-engineio", "eventlet", "SQLAlchemy", "uvicorn")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PEERS = ("partykit", "workerd", "socket.io", "ws", "@colyseus/core", "@hocuspocus/server", "yjs")


def describe() -> dict:
    """Date, cores, and the versions of all that was measured."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "node": _said(["node", "--version"]).removeprefix("v"),
        "commit": _said(["git", "rev-parse", "--short", "HEAD"]),
        "packages": {name: version(name) for name in PACKAGES},
        "peers": {name: number for name in PEERS if (number := _installed(name))},
    }


def _said(command: list[str]) -> str:
    answer = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent)
    return answer.stdout.strip() or "unknown"


def _installed(package: str) -> str | None:
    """The version of a peer. A trial needs none of them."""
    path = Path(__file__).parent / "node_modules" / package / "package.json"
    return json.loads(path.read_text())["version"] if path.exists() else None
