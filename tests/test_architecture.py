"""The arrows between the folders, followed through relative imports, and the few files that may know private things."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = {"accounts", "classmates", "classroom", "courses", "live", "presence", "replay", "server", "web"}
MAY_IMPORT = {
    "accounts": {"web"},
    "classmates": {"accounts", "courses", "server", "web"},
    "classroom": {"courses", "presence", "web"},
    "courses": {"accounts", "web"},
    "live": {"accounts", "courses", "presence", "web"},
    "presence": set(),
    "replay": {"accounts", "presence", "web"},
    "server": {"web"},
    "web": set(),
}


def files_of(part: str) -> list[Path]:
    return sorted((ROOT / part).rglob("*.py"))


def imported_by(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, wherever in the file, relative imports resolved."""
    package = path.relative_to(ROOT).parent.parts
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            target = ".".join([*base, *([node.module] if node.module else [])])
            names |= {target, *(f"{target}.{alias.name}" for alias in node.names)}
    return names


def parts_imported_by(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported_by(path)} & (SITE | {"app"})


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_its_arrows_allow(part):
    for path in files_of(part):
        assert parts_imported_by(path) <= MAY_IMPORT[part] | {part}, path


@pytest.mark.parametrize("path", files_of("presence/core"), ids=lambda path: path.name)
def test_the_core_of_presence_imports_the_standard_library_only(path):
    outside = {name.split(".")[0] for name in imported_by(path)} - set(sys.stdlib_module_names)
    assert outside <= {"presence"}, path
    assert all(name.startswith("presence.core") for name in imported_by(path) if name.startswith("presence")), path


@pytest.mark.parametrize("path", files_of("presence"), ids=lambda path: path.name)
def test_a_file_of_presence_is_one_noun_long(path):
    assert path.read_text().count("\n") <= 200


def test_only_the_server_and_the_switch_know_eventlet():
    allowed = {"web/concurrency.py", "server/serve.py", "server/request_timeouts.py"}
    for part in SITE:
        for path in files_of(part):
            knows = any(name.split(".")[0] == "eventlet" for name in imported_by(path))
            assert not knows or path.relative_to(ROOT).as_posix() in allowed, path
