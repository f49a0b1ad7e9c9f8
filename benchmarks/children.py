"""Processes of a benchmark: started in a folder, known by their pid, ended whatever happens."""

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 60


class Failed(Exception):
    """A process did not do what it was started for; the message is a sentence."""


@contextmanager
def running(command: list, folder: Path, port: int):
    """Run a server until the block ends, which begins when it listens on `port`. Gives its Popen."""
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        try:
            _wait_until_it_listens(process, port, folder / "server.log")
            yield process
        finally:
            stop(process)


def stop(process: subprocess.Popen) -> None:
    """End a process and all that it started, each by its pid."""
    pids = tree(process.pid)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in pids[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def tree(pid: int) -> list[int]:
    """A process and its descendants; empty when it is gone."""
    try:
        texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [pid, *(below for text in texts for child in text.split() for below in tree(int(child)))]


def _wait_until_it_listens(process, port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise Failed(f"{process.args[0]} did not listen on port {port}. Its output ends: {log.read_text()[-500:]}")
