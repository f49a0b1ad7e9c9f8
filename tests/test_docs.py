"""Everything that the documents name exists, and the other way round; and their links lead somewhere."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from app import create_app
from web import config

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
DOCUMENTS = [path for path in sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md"))]


def first_column(heading: str) -> set[str]:
    """The names in the first column of the table whose head begins with `heading`."""
    table = README.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE))


def test_every_setting_is_in_readme_and_the_reverse():
    assert first_column("setting") == {setting.name for setting in config.SETTINGS}


def test_every_event_is_in_readme_and_the_reverse(tmp_path):
    app = create_app({"TESTING": True, "INSTANCE_DIR": str(tmp_path)})
    taken = set(app.extensions["socketio"].server.handlers["/"]) - {"connect", "disconnect", "*"}
    sources = "".join(path.read_text() for path in (ROOT / "presence").rglob("*.py"))
    sent = set(re.findall(r'Frame\("(\w+)"', sources))
    assert first_column("event") == taken | sent


def test_every_command_is_in_readme_and_the_reverse(tmp_path):
    app = create_app({"TESTING": True, "INSTANCE_DIR": str(tmp_path)})
    ours = {f"flask {name}" for name in app.cli.commands}
    made = {f"make {name}" for name in re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)}
    internal = {"make system", "make clean"}
    assert first_column("command") == ours | made - internal


def test_every_direct_dependency_is_pinned():
    files = ("requirements.txt", "requirements-dev.txt")
    lines = [line for name in files for line in (ROOT / name).read_text().splitlines()]
    pins = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z,]+\])?==[\d.]+", line) for line in pins)


def test_pyproject_is_read_by_its_tools():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert tools["pytest"]["ini_options"]["testpaths"] == ["tests"]
    assert all((ROOT / path).exists() for path in tools["mypy"]["files"])
    assert tools["ruff"]["line-length"] == 120


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        found = document.parent / unquote(path) if path else document
        assert found.exists(), f"{document.name} links to {target}"
        if anchor:
            assert anchor in anchors(found.read_text()), f"{document.name} links to {target}"


# In the others the reader writes files of their own.
NAME_FILES = [path for path in DOCUMENTS if path.name not in ("authoring.md", "lifting.md", "rooms.md", "CHANGELOG.md")]


@pytest.mark.parametrize("document", NAME_FILES, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document):
    folders = [ROOT / name for name in ("static", "tests", "benchmarks", "deploy", "bin", "web", "server", "presence")]
    folders += [ROOT / name for name in ("accounts", "courses", "live", "classroom", "classmates", "replay")]
    files = [f"/{path.relative_to(ROOT)}" for folder in folders for path in folder.rglob("*.*")] + ["/app.py"]
    named = set(re.findall(r"(?<![\w/.*…-])((?:[\w-]+/)*[a-z][\w-]+\.(?:py|js))\b", document.read_text()))
    assert [name for name in sorted(named) if not any(file.endswith(f"/{name}") for file in files)] == []


def anchors(markdown: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
