"""Docstrings in plain English: an imperative or a noun phrase first, and none of the words that read as translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.document import ROOT

BANNED = re.compile(
    r"\b(whoever|whomever|whom|somebody|nobody|lately|heed|hush|bury|shall|aught|naught)\b", re.IGNORECASE
)
CLAUSE = re.compile(r"(what|who|whose|which|how|why|where|when)\b", re.IGNORECASE)
PACKAGES = ("accounts", "classmates", "classroom", "courses", "live", "presence", "replay", "server", "web")
AROUND = ("benchmarks", "deploy", "tests", "tools")
PATHS = (path for folder in PACKAGES + AROUND for path in sorted((ROOT / folder).rglob("*.py")))
FETCHED = {"node_modules", "packages"}
"""What `make bench` has put into its folder."""
FILES = [ROOT / "app.py", *(path for path in PATHS if not FETCHED & set(path.parts))]
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def first_lines(path: Path) -> Iterator[str]:
    """The first line of each docstring of a file, with its line number."""
    for node in ast.walk(ast.parse(path.read_text())):
        text = ast.get_docstring(node) if isinstance(node, DOCUMENTED) else None
        if text:
            yield f"{getattr(node, 'lineno', 1)}: {text.splitlines()[0]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_docstring_opens_with_a_clause_or_uses_a_banned_word(path):
    lines = list(first_lines(path))
    assert [line for line in lines if CLAUSE.match(line.split(": ", 1)[1]) or BANNED.search(line)] == []


def test_no_test_is_named_with_a_banned_word():
    names = (
        name for path in (ROOT / "tests").rglob("*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    )
    assert [name for name in names if BANNED.search(name.replace("_", " "))] == []


def test_the_rule_would_find_what_it_is_for():
    assert CLAUSE.match("What has to be looked after")
    assert CLAUSE.match("How a process comes to agree")
    assert CLAUSE.match("How many people are in a topic")
    assert not CLAUSE.match("The number of people in a topic")
    assert BANNED.search("A face for whoever comes")
