"""The floods of the hostile suite, one after the other, each for some seconds (tests/security/floods.py).

A guest without a cookie sends them; a burst of forms ends with its last answer. About 60 seconds.
"""

import subprocess
import sys
import time
from pathlib import Path

from children import Failed

from tests.helpers.server import ROOT, RunningSite
from tests.security.floods import FLOODS
from tests.security.pair import Pair

from .pair import delays, resident_mb, site_and_pair

SECONDS = 1.5
LIMIT_SECONDS = 60


def measure(folder: Path) -> dict:
    """{"floods": [a row for each], "worst_p99": ms, "grown_mb": MB}."""
    with site_and_pair(folder) as (site, pair):
        before = resident_mb(site)
        time.sleep(1)
        rows = [{"flood": "none", **delays(pair), "grown_mb": 0.0}]
        rows += [_flood(site, pair, name, before) for name in FLOODS]
    worst = max(row["p99"] for row in rows[1:])
    return {"floods": rows, "worst_p99": worst, "grown_mb": max(row["grown_mb"] for row in rows)}


def _flood(site: RunningSite, pair: Pair, name: str, before: float) -> dict:
    since = len(pair.delays)
    # On a machine of its own the flood would not take the server's processor from it.
    command = ["nice", "-n", "15", sys.executable, "-m", "tests.security.floods", site.url, name, str(SECONDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    if done.returncode:
        raise Failed(f"The flood {name!r} failed: {done.stderr[-500:]}")
    # The move that was under way when the flood ended has to be counted too.
    counted, deadline = len(pair.delays), time.monotonic() + 20
    while len(pair.delays) == counted and time.monotonic() < deadline:
        time.sleep(0.02)
    if len(pair.delays) == counted:
        raise Failed(f"After the flood {name!r} the pair saw no move for 20 s.")
    grown = round(resident_mb(site) - before, 1)
    return {"flood": name, **delays(pair, since), "grown_mb": grown, "answers": done.stdout.strip()}
