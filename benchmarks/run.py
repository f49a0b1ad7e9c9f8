"""Measures the site against its peers and writes the results.

    python benchmarks/run.py [--quick] [workload ...]

A workload is one of `course`, `reload`, `crowd`, `day`, `large`, `overload`, `growth-300`, `growth-3000`,
`growth-10000` (workloads.py), of `rooms`, `signals`, `beside`, `answers`, `reactions` (room_workloads.py), of
`pointers`, `watching`, `sharing` (shared_workloads.py), `steps` (load_steps.py), or one of the trials `pages`,
`floods`, `floods-nginx`, `lock`, `lossy` and `skew` (trials/); without a name all are run, one server after the other,
everything on the loopback interface but the port of `partykit dev`, which has no setting for that. The figures go to
`results/*.json` (not in the repository), and all that is there to RESULTS.md and `plots/`. `--quick` writes to
`results/quick/` alone. Nothing is left running.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

# The trials use the floods and the pair of the hostile suite.
sys.path.append(str(Path(__file__).resolve().parent.parent))

import load_steps
import report
import rows
from children import Failed, stop
from machine import describe
from room_workloads import room_workloads
from shared_workloads import shared_workloads
from targets import HERE, TARGETS
from trials import QUICK_TRIALS, TRIALS, Trial
from workloads import BRIEFER, QUICKER, Workload, workloads

RESULTS = HERE / "results"
LOAD = HERE / "load" / "main.js"
SERVERS_AT_ONCE, QUIET_MS = 2, 300
"""A quick run's figures mean nothing: its servers need not have the machine to themselves, nor fall silent for long."""
QUICK = ("course", "day", "signals", "answers", "reactions", "pointers", "watching", *QUICK_TRIALS)


def main() -> None:
    arguments, started = _arguments(), time.monotonic()
    short, brief = (QUICKER, BRIEFER) if arguments.quick else (1, 1)
    listed = [*room_workloads(short, brief), *shared_workloads(short, brief), load_steps.workload(short)]
    known = workloads(arguments.quick) | {workload.name: workload for workload in listed} | TRIALS
    if unknown := [name for name in arguments.workloads if name not in known]:
        sys.exit(f"There is no workload {unknown[0]!r}, only {', '.join(known)}.")
    # A quick run shows that all works; its figures mean nothing.
    folder = RESULTS / "quick" if arguments.quick else RESULTS
    names = arguments.workloads or list(QUICK if arguments.quick else known)
    _prepare(folder, needs_peers=not set(names) <= set(TRIALS))
    for name in names:
        if name in TRIALS:
            _try(name, folder, QUICK_TRIALS.get(name) if arguments.quick else None)
        else:
            _measure(known[name], arguments, folder)
    report.write(folder, folder if arguments.quick else HERE, with_promises=not arguments.quick)
    print(f"Measured in {time.monotonic() - started:.0f} s.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the site against its peers.")
    parser.add_argument("--quick", action="store_true", help="some workloads, few people, little time")
    parser.add_argument("--targets", nargs="+", choices=list(TARGETS), default=list(TARGETS), help="only these servers")
    parser.add_argument("workloads", nargs="*", help="which workloads (default: all)")
    return parser.parse_args()


def _prepare(folder: Path, needs_peers: bool) -> None:
    # So that the context managers below end what they started, also in the background, where Ctrl-C is ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    (folder / "trials").mkdir(parents=True, exist_ok=True)
    if needs_peers and not (HERE / "node_modules").is_dir():
        sys.exit("The peers are not installed. Run `npm ci` in benchmarks/ first, or `make bench`.")


def _try(name: str, folder: Path, quick: Trial | None) -> None:
    print(f"{name}: a trial of this site alone", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        figures = (quick or TRIALS[name])(Path(scratch))
    record = {"figures": figures, "machine": describe()}
    (folder / "trials" / f"{name}.json").write_text(json.dumps(record, indent=1))
    print(json.dumps(figures, indent=1), flush=True)


def _measure(workload: Workload, arguments: argparse.Namespace, folder: Path) -> None:
    names = [name for name in workload.targets if name in arguments.targets]
    measured = partial(_measured, workload, {"quietMs": QUIET_MS} if arguments.quick else {})
    executor = ThreadPoolExecutor(SERVERS_AT_ONCE)
    try:
        found = executor.map(measured, names) if arguments.quick else map(measured, names)
        results = dict(zip(names, found, strict=True))
    finally:
        executor.shutdown(cancel_futures=True)
    record = {"workload": vars(workload), "machine": describe(), "targets": results}
    (folder / f"{workload.name}.json").write_text(json.dumps(record, indent=1))


def _measured(workload: Workload, defaults: dict, name: str) -> list[dict]:
    print(f"{workload.name}: {workload.title}, {name}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        return _phases(workload, name, [defaults | phase for phase in workload.plan(name)], Path(scratch))


def _phases(workload: Workload, name: str, plan: list[dict], folder: Path) -> list[dict]:
    """The load generator's report of each phase that was begun."""
    with TARGETS[name](folder, workload.people, workload.sections) as target:
        order = json.dumps({"target": target, "phases": plan})
        load = subprocess.Popen(["node", str(LOAD), order], stdout=subprocess.PIPE, text=True)
        try:
            # The generator keeps the limits itself; this one is for the case that it does not get to it.
            lines = load.communicate(timeout=60 + sum(phase["limit"] for phase in plan))[0].splitlines()
        except subprocess.TimeoutExpired:
            raise Failed(f"The load generator did not come to its end in {workload.name}, {name}.") from None
        finally:
            stop(load)
        if load.returncode:
            raise Failed(f"The load generator failed in {workload.name}, {name}; it says why above.")
        return [_told(name, rows.count(folder, json.loads(line))) for line in lines]


def _told(name: str, phase: dict) -> dict:
    print(
        f"  {name}, {phase['name']}: {phase['done']} of {phase['of']} in {phase['seconds']} s, {phase['cpu']} CPU-s, "
        f"{phase['bytes'] / 1e6:.1f} MB, p99 {phase.get('ack', phase['latency'])['p99']} ms",
        flush=True,
    )
    return phase


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
