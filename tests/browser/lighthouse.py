"""Lighthouse on the lesson page, signed in and out, with company: `make lighthouse`.

Lighthouse and its reports lie in `.lighthouse/`, which git ignores. A score is the median of three, because a busy
machine alone costs several points; one under 98 fails the command. The version is the last one that runs on Node 20.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from tests.browser.conftest import FLAGS, NAMES
from tests.browser.gatherings import meet
from tests.browser.states import LESSON
from tests.helpers.server import ROOT, RunningSite

VERSION = "12.8.2"
FOLDER = ROOT / ".lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 98
TRIES, RUNS = 3, 3


def main() -> int:
    install()
    with tempfile.TemporaryDirectory() as folder:
        site = RunningSite(folder)
        company = meet(site)
        try:
            results = {who: median(site, username) for who, username in (("guest", None), ("signed in", "ada"))}
        finally:
            for client in company:
                client.disconnect()
            site.stop()
    print(f"{'':12}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for who, result in results.items():
        print(f"{who:12}" + "".join(f"{result[name]:16}" for name in CATEGORIES))
    return int(any(score < LEAST for result in results.values() for score in result.values()))


def install() -> None:
    if not (FOLDER / "node_modules" / "lighthouse").exists():
        FOLDER.mkdir(exist_ok=True)
        options = ["--no-save", "--no-audit", "--no-fund", "--silent", "--prefix", str(FOLDER)]
        subprocess.run(["npm", "install", *options, f"lighthouse@{VERSION}"], check=True)  # noqa: S607


def median(site: RunningSite, username: str | None) -> dict[str, int]:
    runs = [scores(site, username) for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}


def scores(site: RunningSite, username: str | None) -> dict[str, int]:
    """The scores of 0 to 100. The report goes to .lighthouse/<who>.report.html."""
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.browser(username).cookies)
    path = FOLDER / (username or "guest")
    command = [
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"),
        site.url + LESSON,
        "--quiet",
        "--output=json",
        "--output=html",
        f"--output-path={path}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]
    chrome = next(filter(None, map(shutil.which, NAMES)))
    environment = {**os.environ, "CHROME_PATH": chrome}
    # Now and then the trace of a headless Chromium lacks its beginning (NO_NAVSTART); Lighthouse says: run it again.
    for _ in range(TRIES):
        if subprocess.run(command, env=environment).returncode == 0:
            break
    else:
        raise RuntimeError(f"Lighthouse failed {TRIES} times on the page of {username or 'a guest'}.")
    report = json.loads(path.with_suffix(".report.json").read_text())
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
