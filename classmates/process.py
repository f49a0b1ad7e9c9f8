"""The classmates in a process of their own, beside the server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from server import local_url


@contextmanager
def alongside(app: Flask, count: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run `flask classmates COUNT` against the site of this process, and terminate it at the end."""
    url = local_url(app.config["HOST"], app.config["PORT"])
    command = [sys.executable, "-m", "flask", "--app", "app", "classmates", str(count), "--url", url]
    environment = {**os.environ, "INSTANCE_DIR": app.config["INSTANCE_DIR"], "DATABASE_URL": app.config["DATABASE_URL"]}
    running = subprocess.Popen(command, env=environment, cwd=app.root_path)  # noqa: S603  our own command
    try:
        yield running
    finally:
        running.terminate()
