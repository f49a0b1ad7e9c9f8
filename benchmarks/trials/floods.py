"""The floods of the hostile suite, one after the other, each for some seconds (tests/security/floods.py).

A guest without a cookie sends them, straight to the site, and in a second trial through the proxy as it is shipped
(deploy/nginx.conf). The bursts of forms come last, because each ends with its last answer. About 85 seconds each on a
quiet machine; on a busy one what has not begun after BUDGET_SECONDS is left out, and named.
"""

import ast
import subprocess
import sys
import time
from pathlib import Path

from children import Failed

from tests.helpers.server import ROOT, RunningSite
from tests.security.floods import FLOODS
from tests.security.pair import Pair

from .pair import delays, resident_mb, site_and_pair

SECONDS = 2.4
PAUSE_SECONDS = 0.055
BUDGET_SECONDS = 100
LIMIT_SECONDS = 60
BURSTS = ("65 sign-ups", "110 sign-ins")


def measure(folder: Path, behind_nginx: bool = False) -> dict:
    """{"floods": [a row for each], "left_out": [names], "p99": ms of all, "grown_mb": MB}.

    Of one flood there are at least forty moves, whose p99 is the longest.
    """
    names = sorted(FLOODS, key=lambda name: name in BURSTS)
    with site_and_pair(folder, PAUSE_SECONDS, behind_nginx) as (site, pair):
        before = resident_mb(site)
        time.sleep(SECONDS)
        rows, since = [{"flood": "none", **delays(pair), "grown_mb": 0.0}], len(pair.delays)
        ends = time.monotonic() + BUDGET_SECONDS
        while names and time.monotonic() < ends:
            rows.append(_flood(site, pair, names.pop(0), before))
        p99, grown = delays(pair, since)["p99"], max(row["grown_mb"] for row in rows)
    return {"floods": rows, "left_out": names, "p99": p99, "grown_mb": grown}


def measure_behind_nginx(folder: Path) -> dict:
    return measure(folder, behind_nginx=True)


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
    print(f"  {name}: p99 {delays(pair, since)}, {done.stdout.strip()}", flush=True)
    grown = round(resident_mb(site) - before, 1)
    return {"flood": name, **delays(pair, since), "grown_mb": grown, "answers": ast.literal_eval(done.stdout)}
