"""Recordings of presence changes: written, read and replayed on the class map.

    RECORDING=recording python app.py                 records changes without names (replay/recording.py)
    flask replay instance/recording --speed 20        replays them in a site of its own

A replay is the real site on its own port, with an empty folder, the sample users and default settings: it never touches
your database or Redis. Users who sign in there are hidden, so the map shows the recorded class alone. `flask replay`
executes `python app.py --replay`, because Flask's own process is not monkey-patched.
"""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

import accounts
import presence
from replay.recording import NoRecording, began, changes
from replay.recording_writer import Recording
from web import concurrency, config, lifecycle
from web.db import db

from .player import Player

APP = Path(__file__).resolve().parent.parent / "app.py"


def init_app(app: Flask) -> None:
    app.cli.add_command(replay)
    if path := app.config["RECORDING"]:
        recording = app.extensions["recording"] = Recording(presence.of(app).node, path)
        lifecycle.of(app).on_start.append(recording.start)


@click.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, resolve_path=True))
@click.option("--speed", default=1.0, type=click.FloatRange(0.1, 1000), help="How many times as fast; default: 1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the map; default: a free port.")
@click.option("--once", is_flag=True, help="Stop at the end instead of keeping the map up.")
def replay(file: str, speed: float, port: int | None, once: bool) -> None:
    """Replay the recording FILE on the class map."""
    try:
        began(file)
    except (NoRecording, OSError) as error:
        raise click.BadParameter(str(error)) from None
    options = ["--replay", file, "--speed", str(speed), *(["--port", str(port)] if port else [])]
    # With this variable set, the program would take itself for a Flask command and skip monkey-patching.
    environment = {name: value for name, value in os.environ.items() if name != "FLASK_RUN_FROM_CLI"}
    sys.stdout.flush()
    # exec, not a child process: Ctrl-C and the exit code then belong to the replay.
    command = [sys.executable, str(APP), *options, *(["--once"] if once else [])]
    os.execve(command[0], command, environment)  # noqa: S606  our own program


@contextmanager
def settings(path: str | None) -> Iterator[dict[str, str | int]]:
    """Settings for replaying the recording at `path`, with a temporary folder; no settings without one."""
    if path is None:
        yield {}
        return
    try:
        began(path)
    except (NoRecording, OSError) as error:
        raise config.ConfigError(str(error)) from None
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        unset = dict.fromkeys((setting.name for setting in config.SETTINGS), "")
        own = {
            "CONTENT_DIR": config.load({"INSTANCE_DIR": folder})["CONTENT_DIR"] or "",
            "INSTANCE_DIR": folder,
            "PORT": _free_port(),
            "SAMPLE_USERS": "1",
            "COOKIE_PREFIX": "replay_",
            "SOCKETIO_ASYNC_MODE": concurrency.mode(),
        }
        yield {**unset, **own}


def begin(app: Flask, path: str, speed: float, once: bool) -> None:
    """Start replaying, in the background, in a site made with these settings."""
    with app.app_context():
        db.session.execute(db.update(accounts.User).values(visibility="hidden"))
        db.session.commit()
    print(f"The map of the recording is at http://{app.config['HOST']}:{app.config['PORT']}/class")
    print(f"Sign in as margaret with the password {accounts.sample_users.PASSWORD!r}.", flush=True)
    player = Player(presence.of(app), began(path), speed)
    presence.of(app).server.start_background_task(player.play, changes(path), once)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
