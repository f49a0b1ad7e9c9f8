"""Reads the documents as a reader does: their code blocks and their tables."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent


class Block(NamedTuple):
    kind: str
    text: str


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def blocks(markdown: str, kind: str | None = None) -> list[Block]:
    """The fenced code blocks, in order; of one kind, or all."""
    found = [Block(*parts) for parts in re.findall(r"^```(\w*)\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)]
    return [block for block in found if kind in (None, block.kind)]


def table(markdown: str, *columns: str) -> list[list[str]]:
    """The rows of the table whose head is these columns; cells without the marks of code."""
    head = "| " + " | ".join(columns) + " |\n"
    assert head in markdown, f"There is no table of {columns}."
    lines = markdown.split(head, 1)[1].split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]
