"""Writes RESULTS.md and the plots from the JSON of the last runs."""

import json
from pathlib import Path

import load_steps
import plots
from alternatives import ALTERNATIVES, alternatives_table
from figures import Phase, phases
from promises import promises
from tables import growth_table, phase_table, table
from trial_tables import sections

NAMES = {"site": "this site", "seed": "seed on PartyKit", "relay": "relay on PartyKit", "node": "Node Socket.IO"}

PREFACE = """# Measured

Written by `python benchmarks/run.py` (`make bench`); what is measured, and how, stands in README.md beside this file.
A ratio below 1 means that this site needed less. One server at a time shared the machine with the load generator.
"""


def write(results: Path, folder: Path, with_promises: bool = True) -> None:
    """Read `results/*.json` and `results/trials/*.json`, write `folder/RESULTS.md` and `folder/plots/*.svg`."""
    records, trials = _read(results), _read(results / "trials")
    found = {name: record["figures"] for name, record in trials.items()}
    parts = [PREFACE, _machine(records | trials)]
    if with_promises:
        parts += ["## Promises\n", promises(measured(records), found)]
    parts += _alternatives(records) + _steps(records, folder / "plots") + sections(found) + _workloads(records)
    if sizes := _growth(records):
        parts += ["## Growth: 18 people in each section, however large the site\n", growth_table(sizes)]
    parts += plots.write(measured(records), folder / "plots")
    (folder / "RESULTS.md").write_text("\n".join(parts) + "\n")


def _read(folder: Path) -> dict[str, dict]:
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def measured(records: dict) -> dict[str, dict[str, dict[str, Phase]]]:
    """Workload -> server -> phase."""
    return {
        name: {target: phases(said) for target, said in record["targets"].items()} for name, record in records.items()
    }


def _growth(records: dict) -> dict:
    return {
        record["workload"]["people"]: {target: phases(said) for target, said in record["targets"].items()}
        for record in sorted(records.values(), key=lambda record: record["workload"]["people"])
        if record["workload"]["name"].startswith("growth")
    }


def _steps(records: dict, folder: Path) -> list[str]:
    record = records.get(load_steps.NAME)
    return load_steps.section(phases(record["targets"]["site"]), folder) if record else []


def _alternatives(records: dict) -> list[str]:
    parts = []
    for record in records.values():
        if not set(ALTERNATIVES).isdisjoint(record["targets"]):
            parts.append(f"## What one could use instead: {record['workload']['title']}\n")
            parts.append(alternatives_table({name: phases(said) for name, said in record["targets"].items()}))
    return parts


def _machine(records: dict) -> str:
    """The machine, the versions and the date, once where all workloads agree."""
    rows = []
    for name, record in records.items():
        machine = record["machine"]
        versions = ", ".join(f"{name} {number}" for name, number in (machine["packages"] | machine["peers"]).items())
        rows.append(
            (machine["date"], machine["cores"], f"Python {machine['python']}, Node {machine['node']}, {versions}")
        )
    return table(["date", "cores", "versions"], [list(map(str, row)) for row in dict.fromkeys(rows)])


def _workloads(records: dict) -> list[str]:
    parts = []
    for name, record in records.items():
        if not name.startswith("growth") and name != load_steps.NAME:
            parts.append(f"## {record['workload']['title']}\n")
            parts += _phase_tables(record)
    return parts


def _phase_tables(record: dict) -> list[str]:
    by_target = {target: phases(said) for target, said in record["targets"].items() if target in NAMES}
    parts = []
    for phase in record["workload"]["phases"]:
        reached = {NAMES[target]: by_target[target].get(phase["name"]) for target in by_target}
        parts.append(f"### {_described(phase)}\n")
        parts.append(phase_table(reached))
    return parts


def _described(phase: dict) -> str:
    return {
        "join": "All join, as fast as they are taken in",
        "first": f"A fifth of them join {', '.join(phase.get('rooms', []))}",
        "rooms": f"They join {', '.join(phase.get('rooms', []))}",
        "resting": f"No one does anything in the rooms for {phase.get('seconds', 0):g} s",
        "signals": f"{phase.get('rate', 0):g} signals a second for {phase.get('seconds', 0):g} s",
        "mixed": f"The same moves, beside {phase.get('signals', 0):g} signals a second",
        "gather": f"All come to one lesson and join {', '.join(phase.get('rooms', []))}",
        "point": f"{phase.get('movers', 0)} pointers move {phase.get('rate', 0):g} times a second",
        "watch": f"{phase.get('rate', 0):g} order a second for {phase.get('seconds', 0):g} s",
        "answers": f"All answer within {phase.get('seconds', 0):g} s",
        "reactions": f"{phase.get('rate', 0):g} reactions a second for {phase.get('seconds', 0):g} s",
        "idle": f"No one does anything for {phase.get('seconds', 0):g} s",
        "moves": f"{phase.get('rate', 0):g} moves a second for {phase.get('seconds', 0):g} s",
        "busy": f"{phase.get('rate', 0):g} moves a second for {phase.get('seconds', 0):g} s, and pages",
        "calm": f"Right after: {phase.get('rate', 0):g} moves a second for {phase.get('seconds', 0):g} s, and pages",
        "reload": "All connections drop at once and are back within 5 s",
        "day": f"{phase.get('events', 0):,} events as fast as they are answered",
    }[phase["name"]]
