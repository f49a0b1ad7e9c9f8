"""The arrows between the packages, and that what README names exists."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = {
    "app",
    "accounts",
    "assets",
    "classmates",
    "classroom",
    "compression",
    "config",
    "courses",
    "db",
    "errors",
    "hub",
    "kinds",
    "listening",
    "logs",
    "operations",
    "patience",
    "presence",
    "replay",
    "security",
    "server",
    "skew",
}
MAY_IMPORT = {
    "config": {"kinds"},
    "kinds": set(),
    "hub": set(),
    "listening": set(),
    "logs": set(),
    "skew": set(),
    "compression": set(),
    "assets": {"compression", "hub"},
    "patience": set(),
    "presence": set(),
    "db": {"config"},
    "errors": {"db"},
    "security": {"errors"},
    "accounts": {"config", "db", "hub"},
    "courses": {"accounts", "config", "db"},
    "classmates": {"accounts", "courses", "listening"},
    "classroom": {"courses", "db", "operations", "presence"},
    "operations": {"db", "presence"},
    "replay": {"accounts", "config", "db", "hub", "presence"},
    "server": {"accounts", "hub", "listening", "patience"},
}


def files_of(part: str) -> list[Path]:
    return list((ROOT / part).rglob("*.py")) or [ROOT / f"{part}.py"]


def imports(path: Path) -> set[str]:
    """The parts of the house that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names & HOUSE


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_its_arrows_allow(part):
    for path in files_of(part):
        assert imports(path) <= MAY_IMPORT[part] | {part}, path


def test_nobody_imports_app():
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[len(ROOT.parts)] in HOUSE:
            assert "app" not in imports(path), path


@pytest.mark.parametrize(
    "noun",
    ["place", "person", "change", "company", "graces", "lately", "limits", "log", "member", "merge", "numbers"]
    + ["others", "paint", "pseudonyms", "recorder", "roster", "sample", "sayings", "topic"],
)
def test_the_core_of_presence_imports_no_framework(noun):
    pure = {"bisect", "dataclasses", "typing", "collections", "hashlib", "hmac"}
    for node in ast.walk(ast.parse((ROOT / "presence" / f"{noun}.py").read_text())):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= pure
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert (node.module or "").split(".")[0] in pure


@pytest.mark.parametrize("path", sorted((ROOT / "presence").glob("*.py")), ids=lambda path: path.name)
def test_a_file_of_presence_is_one_noun_long(path):
    assert path.read_text().count("\n") <= 200


def test_only_the_entry_patches_and_only_hub_and_server_know_eventlet():
    for part in HOUSE - {"hub", "server", "patience"}:
        for path in files_of(part):
            assert "import eventlet" not in path.read_text(), path
            assert "from eventlet" not in path.read_text(), path
