"""One content file: YAML front matter between two lines of `---`, then Markdown.

---
title: Rooms
summary: One sentence.
---
Text ...
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .faults import CatalogError, Fault
from .front_matter import TYPES
from .yaml_source import compose

REQUIRED = ("title", "summary")


@dataclass(frozen=True)
class Page:
    """`label` is the path that messages show; `offset` the number of lines before the body."""

    path: Path
    label: str
    meta: dict[str, Any]
    body: str
    offset: int

    def error(self, message: str, line: int | None = None) -> CatalogError:
        """A CatalogError about this file, at a line of its body counted from 0."""
        return CatalogError(self.fault(message, line))

    def fault(self, message: str, line: int | None = None) -> Fault:
        return Fault(self.label, 0 if line is None else self.offset + line + 1, message)


def broken(label: str, message: str, line: int = 0) -> CatalogError:
    return CatalogError(Fault(label, line, message))


def read(path: Path, label: str, optional: tuple[str, ...] = ()) -> tuple[Page, list[Fault]]:
    """Read a content file that must have a title and a summary and may have the `optional` keys.

    Returns the page and the faults of its front matter. Raises CatalogError when there is no page to read on.
    """
    lines = decoded(path, label).splitlines(keepends=True)
    end = closing(lines, label)
    meta, faults = front_matter("".join(lines[1:end]), label, (*REQUIRED, *optional))
    named = {key for key in REQUIRED if any(f"The {key} " in fault.message for fault in faults)}
    faults += [Fault(label, 0, f"It has no {key}.") for key in REQUIRED if key not in meta and key not in named]
    return Page(path, label, meta, "".join(lines[end + 1 :]), end + 1), faults


def decoded(path: Path, label: str) -> str:
    if not path.is_file():
        raise broken(label, "The file is missing.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(label, f"It is not UTF-8 text: {error.reason} at byte {error.start}.") from None


def closing(lines: list[str], label: str) -> int:
    """The index of the line that ends the front matter."""
    if not lines or lines[0].rstrip() != "---":
        raise broken(label, "It must start with front matter: a line of --- above title and summary.", 1)
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return index
    raise broken(label, "The front matter has no closing line of ---.", 1)


def front_matter(source: str, label: str, known: tuple[str, ...]) -> tuple[dict[str, Any], list[Fault]]:
    """The keys with their values, and the faults: unknown keys, keys given twice, values of the wrong type."""
    meta: dict[str, Any] = {}
    faults = []
    for key, node in pairs(source, label):
        try:
            meta[key.value] = value(key.value, node, known, meta)
        except ValueError as error:
            faults.append(Fault(label, key.start_mark.line + 2, str(error)))
    return meta, faults


def value(key: str, node: yaml.Node, known: tuple[str, ...], meta: dict[str, Any]) -> object:
    if key not in known:
        raise ValueError(f"Unknown key '{key}'; known are {', '.join(known)}.")
    if key in meta:
        raise ValueError(f"The key '{key}' is there twice.")
    return TYPES[key](key, node)


def pairs(source: str, label: str) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        node = compose(source)
    except yaml.YAMLError as error:
        raise bad_yaml(error, label) from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise broken(label, "The front matter must be lines of `key: value`.", node.start_mark.line + 2)
    return node.value


def bad_yaml(error: yaml.YAMLError, label: str) -> CatalogError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return broken(label, f"The front matter is not valid YAML: {problem}.", mark.line + 2 if mark else 0)
