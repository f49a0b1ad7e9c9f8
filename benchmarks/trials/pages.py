"""Measures what pages cost the server: the site's, a bare Flask page, and the index of Flask's own tutorial.

    python benchmarks/run.py pages [--quick]

The site shows its own sample courses. Its catalog, the page of a course and a lesson are asked for as a guest and
signed in, with no one, 20 and 300 people present, who are spread by turns over the lesson, the one after it, its
section, its course and another course. About a minute; the quick run 15 seconds.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import tutorial
from children import running, tree
from http_load import ENCODINGS, load, size_of
from machine import TICKS_A_SECOND
from readers import Readers

from deploy.ports import free_port

HERE = Path(__file__).resolve().parent.parent
CROWDS = (0, 20, 300)
SECONDS, QUICK_SECONDS = 2.0, 0.4
SETTLE_SECONDS = 0.5


def measure(folder: Path) -> dict:
    """A row for each page: its server, viewer and crowd, and what it cost."""
    return _measure(folder, SECONDS)


def measure_quickly(folder: Path) -> dict:
    return _measure(folder, QUICK_SECONDS)


def _measure(folder: Path, seconds: float) -> dict:
    return {"rows": [*_peers(seconds), *_site(folder, seconds)]}


def _peers(seconds: float) -> Iterator[dict]:
    for name in ("bare", "flaskr") if tutorial.folder() else ("bare",):
        port = free_port()
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, HERE / "peers" / "flask_pages.py", name, folder, port]
            with running(command, Path(folder), port) as process:
                yield _row(_cpu_of(process.pid), f"http://127.0.0.1:{port}/", "", seconds, server=name)


def _site(folder: Path, seconds: float) -> Iterator[dict]:
    port = free_port()
    fixture = [sys.executable, HERE / "fixture.py", folder, f"--people={max(CROWDS) + 1}", "--sections=0"]
    subprocess.run(fixture, check=True, stdout=subprocess.DEVNULL)
    viewer, *others = json.loads((folder / "cookies.json").read_text())
    with running([sys.executable, HERE / "serve.py", folder, port], folder, port) as process:
        url, cpu = f"http://127.0.0.1:{port}", _cpu_of(process.pid)
        lesson, spots = _places(url)
        pages = {"catalog": "/", "course": f"/courses/{lesson.split('/')[0]}", "lesson": f"/courses/{lesson}"}
        with Readers(url, others, spots) as readers:
            for people in CROWDS:
                readers.grow_to(people)
                time.sleep(SETTLE_SECONDS)
                for page, path in pages.items():
                    for who, cookie in (("guest", ""), ("signed in", viewer)):
                        about = {"server": "site", "page": page, "viewer": who, "people": people}
                        yield _row(cpu, url + path, cookie, seconds, **about)


def _places(url: str) -> tuple[str, list[str]]:
    """The lesson in the middle of the first course, and the five places that people stand at by turns."""
    with urlopen(f"{url}/courses/places.json", timeout=20) as answer:
        lessons = [place for place in json.load(answer) if place.count("/") == 2]
    course = [place for place in lessons if place.split("/")[0] == lessons[0].split("/")[0]]
    middle = len(course) // 2
    lesson, after = course[middle], course[middle + 1]
    near = [place for place in course if place.rpartition("/")[0] == lesson.rpartition("/")[0]]
    return lesson, [lesson, after, near[0] if near[0] != lesson else near[-1], course[0], lessons[-1]]


def _row(cpu: Callable[[], float], url: str, cookie: str, seconds: float, **about: object) -> dict:
    size, sent = size_of(url, cookie), size_of(url, cookie, ENCODINGS)
    answered = load(url, cookie, seconds, cpu)
    times, done = answered.latencies, len(answered.latencies)
    figures = {
        "rate": done / answered.seconds,
        "cpuMs": 1000 * answered.cpu / done,
        "p50": times[done // 2],
        "p99": times[min(done - 1, done * 99 // 100)],
        "bytes": size,
        "sent": sent,
    }
    shown = " ".join(str(value) for value in about.values())
    print(f"  {shown}: {figures['rate']:.0f} a second, {figures['cpuMs']:.2f} CPU-ms, {size:,} bytes", flush=True)
    return {**about, **figures}


def _cpu_of(pid: int) -> Callable[[], float]:
    """Seconds of CPU that a process and its children have used so far."""

    def used() -> float:
        fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in tree(pid)]
        return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS_A_SECOND

    return used
