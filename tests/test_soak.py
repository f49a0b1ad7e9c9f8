"""The soak, short: every page ends up with the server's view, and after everyone has left nothing is left."""

import subprocess
import sys

from tests.helpers.server import ROOT


def test_pages_agree_with_the_server_and_nothing_stays_behind():
    command = [sys.executable, ROOT / "benchmarks" / "soak.py", "--minutes", "0.25", "--people", "100"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
