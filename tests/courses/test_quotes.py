"""Lessons quote code that is in the files they link to, and show programs that do what they say.

A fence that names a file, like ```python app.py, is a quotation: its lines stand in that file, one below the other, and
the lesson links to it. A line of ... marks an excerpt that leaves some out. Any other Python is a program, which runs.
"""

import contextlib
import io
import re
from pathlib import Path
from textwrap import dedent

import pytest

from courses import CONTENT
from web.config import ROOT

FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LESSONS = sorted(CONTENT.rglob("*.md"))
FENCES = [(path, *found) for path in LESSONS for found in FENCE.findall(path.read_text())]
QUOTATIONS = [(path, file.strip(), code) for path, language, file, code in FENCES if file.strip()]
PROGRAMS = [(path, code) for path, language, file, code in FENCES if language == "python" and not file.strip()]


def stripped(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_in(quote: list[str], source: list[str]) -> bool:
    """Whether the lines of a quotation stand in the source: together, but for gaps at `...`, in their order."""
    at = 0
    for part in "\n".join(quote).split("\n...\n"):
        lines = part.splitlines()
        starts = (n for n in range(at, len(source) - len(lines) + 1) if source[n : n + len(lines)] == lines)
        if (found := next(starts, None)) is None:
            return False
        at = found + len(lines)
    return True


@pytest.mark.parametrize(("path", "file", "code"), QUOTATIONS, ids=lambda value: getattr(value, "stem", None))
def test_a_quotation_is_in_the_file_that_the_lesson_links_to(path, file, code):
    assert f"](file:{file}" in path.read_text(), f"{path.name} quotes {file} and does not link to it."
    assert is_in(stripped(code), stripped((ROOT / file).read_text())), f"{path.name} quotes what {file} does not say."


@pytest.mark.parametrize(("path", "code"), PROGRAMS, ids=lambda value: getattr(value, "stem", None))
def test_a_program_runs_and_prints_what_its_comments_say(path, code):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(dedent(code), path.name, "exec"), {"__name__": "lesson"})
    expected = re.findall(r"^print\(.*\)  # (.*)$", code, re.MULTILINE)
    said = printed.getvalue().splitlines()
    for line in expected:
        assert any(matches(line, one) for one in said), f"{path.name}: no line printed is {line}"


def matches(expected: str, line: str) -> bool:
    start, gap, end = expected.partition("...")
    return line.startswith(start) and line.endswith(end.lstrip(", ")) if gap else line == expected


def test_there_are_quotations_and_programs():
    assert len(QUOTATIONS) >= 15
    assert len(PROGRAMS) >= 8


@pytest.mark.parametrize(
    ("quote", "expected"),
    [("b\nc", True), ("a\n...\nc", True), ("a\nc", False), ("c\n...\na", False), ("x", False), ("a\n...\nd\ne", True)],
)
def test_the_rule_for_excerpts(quote, expected):
    assert is_in(quote.splitlines(), list("abcde")) == expected


def test_the_table_of_events_has_those_that_presence_has():
    lesson = Path(CONTENT, "realtime/01-talking/03-events.md").read_text()
    rows = dict.fromkeys(re.findall(r"^\| (?:client|server) \| `(\w+)`", lesson, re.MULTILINE))
    source = "".join(path.read_text() for path in (ROOT / "presence").rglob("*.py"))
    sent = {name for name in re.findall(r'Frame\("(\w+)"', source) if not name.startswith("room_")}
    taken = {"enter", "activity", "company", "resync"}
    assert set(rows) == sent | taken
