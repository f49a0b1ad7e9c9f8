"""The site starts on systems that lack what Linux has; it then does without.

Windows has no file locks, no resource limits, no SIGHUP and no shared ports. A process of its own hides them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from replay import recording_file
from replay.recording import changes
from server import listener
from tests.helpers.app import Site

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("fcntl", "termios", "resource", "pwd", "grp")
ATTRIBUTES = (
    ("socket", "SO_REUSEPORT"),
    ("socket", "MSG_DONTWAIT"),
    ("socket", "TCP_USER_TIMEOUT"),
    ("signal", "SIGHUP"),
    ("os", "link"),
)
START = """
import importlib, sys
# The libraries guard themselves by the name of the system, which stays Linux here.
import eventlet, eventlet.wsgi, flask_socketio, flask_sqlalchemy, alembic, PIL.Image, redis, requests, socketio
hidden = sys.argv[2:]
for name in hidden:
    module, _, attribute = name.partition(".")
    if not attribute:
        sys.modules[module] = None
    elif hasattr(importlib.import_module(module), attribute):
        delattr(importlib.import_module(module), attribute)
import app
from accounts import image_upload
from server import listener, serve
from web import db
site = app.create_app({"INSTANCE_DIR": sys.argv[1], "RECORDING": "recording", "SAMPLE_USERS": "0"})
with site.app_context():
    db.create_tables()
listener.raise_descriptor_limit()
image_upload.limit_this_process()
assert listener.max_connections() > 0
listener.bind("127.0.0.1", 0, shared=True).close()
site.extensions["course_reloader"].start()
answer = site.test_client().get("/login")
assert answer.status_code == 200, answer.text
print("started")
"""


def start(folder, *hidden):
    command = [sys.executable, "-c", START, str(folder), *hidden]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_site_starts_without_what_a_system_lacks(tmp_path):
    done = start(tmp_path, *MODULES, *(".".join(pair) for pair in ATTRIBUTES))
    assert done.stdout.endswith("started\n"), done.stderr


def test_without_file_locks_a_recording_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(recording_file, "fcntl", None)
    site = Site(tmp_path, RECORDING="recording")
    site.tab("ada", site.lessons[0])
    site.app.extensions["recording"].close()
    assert [type(change).__name__ for _, change in changes(tmp_path / "recording")] == ["Enter"]


@pytest.mark.parametrize(("soft", "taken"), [(256, 10_240), (65_536, 65_536)])
def test_a_hard_limit_that_the_system_refuses_is_not_needed(monkeypatch, soft, taken):
    """macOS says that the limit on open files is infinite, and refuses that many."""
    limits = []

    def refuse(_kind, values):
        if values[0] == listener.resource.RLIM_INFINITY:
            raise ValueError
        limits.append(values)

    infinite = listener.resource.RLIM_INFINITY
    monkeypatch.setattr(listener.resource, "getrlimit", lambda _kind: (soft, infinite))
    monkeypatch.setattr(listener.resource, "setrlimit", refuse)
    listener.raise_descriptor_limit()
    assert limits == [(taken, infinite)]


def test_an_infinite_limit_allows_all_connections(monkeypatch):
    infinite = listener.resource.RLIM_INFINITY
    monkeypatch.setattr(listener.resource, "getrlimit", lambda _kind: (infinite, infinite))
    assert listener.max_connections() == listener.CONNECTIONS
