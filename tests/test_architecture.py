"""The arrows between the folders, followed through relative imports, and the few files that may know private things."""

import ast
import re
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
    """The dotted names of all modules that a file imports, relative imports resolved, wherever in the file.

    What it imports for its types alone does not count.
    """
    package = path.relative_to(ROOT).parent.parts
    names = set()
    for node in ast.walk(_WithoutTypeChecking().visit(ast.parse(path.read_text()))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            target = ".".join([*base, *([node.module] if node.module else [])])
            names |= {target, *(f"{target}.{alias.name}" for alias in node.names)}
    return names


class _WithoutTypeChecking(ast.NodeTransformer):
    def visit_If(self, node):
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def parts_imported_by(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported_by(path)} & (SITE | {"app"})


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_its_arrows_allow(part):
    for path in files_of(part):
        assert parts_imported_by(path) <= MAY_IMPORT[part] | {part}, path


PRESENCE = {
    "core": set(),
    "transport": {"core"},
    "delivery": {"core", "transport"},
    "cluster": {"core", "change_log"},
    "pages": {"core", "change_log"},
    "rooms": {"core", "change_log", "transport", "delivery"},
    "change_log": {"core"},
    "state_machine": {"core", "change_log", "delivery", "rooms"},
    "node": {"core", "change_log", "state_machine", "transport", "delivery", "cluster", "rooms"},
    "channel": {"core", "node", "rooms", "transport"},
    "events": {"channel", "rooms", "transport"},
    "metrics": {"node"},
    "lifecycle": {"node"},
    "extension": {
        "core",
        "change_log",
        "node",
        "lifecycle",
        "channel",
        "events",
        "transport",
        "delivery",
        "pages",
        "rooms",
    },
    "testing": {"core"},
}
"""The imports that each folder and module of presence may have of the others. No arrow here runs back up."""


def rooms_of_presence(path: Path) -> set[str]:
    """The folders and modules of presence that a file imports."""
    names = {name.split(".")[1] for name in imported_by(path) if name.startswith("presence.")}
    return names & (set(PRESENCE) | {"__init__"})


@pytest.mark.parametrize("part", sorted(PRESENCE))
def test_a_part_of_presence_imports_only_what_stands_below_it(part):
    for path in files_of(f"presence/{part}") or [ROOT / "presence" / f"{part}.py"]:
        assert rooms_of_presence(path) <= PRESENCE[part] | {part}, path


def test_no_arrow_of_presence_runs_back_up():
    done: set[str] = set()
    while ready := {part for part in PRESENCE if part not in done and PRESENCE[part] <= done}:
        done |= ready
    assert done == set(PRESENCE)


def test_every_part_of_presence_has_its_arrows():
    parts = {path.stem if path.is_file() else path.name for path in (ROOT / "presence").iterdir()}
    assert parts - {"__init__", "__pycache__", "py"} == set(PRESENCE)


@pytest.mark.parametrize("path", files_of("presence/core"), ids=lambda path: path.name)
def test_the_core_of_presence_imports_the_standard_library_only(path):
    outside = {name.split(".")[0] for name in imported_by(path)} - set(sys.stdlib_module_names)
    assert outside <= {"presence"}, path


OF_LIBRARIES = {"socketio"}


def keys_of(path: Path) -> set[str]:
    """The keys of `app.extensions` that a file uses."""
    code = ast.unparse(ast.parse(path.read_text()))
    return set(re.findall(r"\.extensions(?:\[|\.get\(|\.setdefault\()'(\w+)'", code)) - OF_LIBRARIES


def test_no_part_uses_another_part_s_key_of_the_extensions():
    keys = {part: set().union(*map(keys_of, files_of(part))) for part in SITE}
    for part in SITE:
        for other in SITE - {part}:
            assert not keys[part] & keys[other], (part, other)
    assert not keys_of(ROOT / "app.py")


OF_SERVER = {"_send_eio_packet", "_handle_eio_message", "_handle_eio_connect", "_handle_eio_disconnect", "_async"}
OF_WEBSOCKET = {"_recv_frame", "_sock", "_send_closing_frame"}
MAY_USE_PRIVATE_NAMES = {"presence/transport/writer.py", "presence/transport/guards.py", "presence/testing/page.py"}


def private_names(path: Path) -> set[str]:
    """The private attributes that a file takes of anything but itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            found |= set() if is_own else {node.attr}
    return found


@pytest.mark.parametrize("path", files_of("presence"), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_private_names_of_the_libraries_stay_in_two_files(path):
    if path.relative_to(ROOT).as_posix() not in MAY_USE_PRIVATE_NAMES:
        assert not private_names(path) & (OF_SERVER | OF_WEBSOCKET), path


MOST_LINES = 160
"""The house rule is 150; a few more are no reason to cut a noun in two."""
LARGE_NOUNS = {
    "app.py": 180,
    "presence/node.py": 175,
    "presence/cluster/replica.py": 200,
    "presence/core/roster.py": 175,
    "presence/transport/websocket.py": 185,
}


def test_a_file_is_one_noun_long():
    files = [ROOT / "app.py", *(path for part in SITE for path in files_of(part))]
    lines = {path.relative_to(ROOT).as_posix(): path.read_text().count("\n") for path in files}
    assert {path: n for path, n in lines.items() if n > LARGE_NOUNS.get(path, MOST_LINES)} == {}
    assert {path for path in LARGE_NOUNS if lines[path] <= MOST_LINES} == set()


def test_only_the_server_the_switch_and_the_guards_know_eventlet():
    allowed = {"web/concurrency.py", "server/serve.py", "server/request_timeouts.py", "presence/transport/guards.py"}
    for part in SITE:
        for path in files_of(part):
            knows = any(name.split(".")[0] == "eventlet" for name in imported_by(path))
            assert not knows or path.relative_to(ROOT).as_posix() in allowed, path
