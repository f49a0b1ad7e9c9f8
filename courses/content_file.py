"""One content file: YAML front matter between two lines of `---`, then Markdown.

---
title: Rooms
summary: One sentence.
---
Text ...
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from .catalog import CatalogError


@dataclass(frozen=True)
class Page:
    """`label` is the path that messages show; `offset` the number of lines before the body."""

    path: Path
    label: str
    meta: dict
    body: str
    offset: int

    def error(self, message: str, line: int | None = None) -> CatalogError:
        """A CatalogError about this file, at a line of its body counted from 0."""
        return broken(self.label, message, None if line is None else self.offset + line + 1)


def broken(label: str, message: str, line: int | None = None) -> CatalogError:
    return CatalogError(f"{label}{f', line {line}' if line else ''}: {message}")


def read(path: Path, label: str, optional: tuple[str, ...] = ()) -> Page:
    """Read a content file that must have a title and a summary, and may have the `optional` keys."""
    lines = text(path, label).splitlines(keepends=True)
    end = closing(lines, label)
    meta = front_matter("".join(lines[1:end]), label, ("title", "summary", *optional))
    for key in ("title", "summary"):
        if key not in meta:
            raise broken(label, f"It has no {key}.")
    return Page(path, label, meta, "".join(lines[end + 1 :]), end + 1)


def text(path: Path, label: str) -> str:
    if not path.is_file():
        raise broken(label, "The file is missing.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(label, f"It is not UTF-8 text: {error.reason} at byte {error.start}.") from None


def closing(lines, label):
    """The index of the line that ends the front matter."""
    if not lines or lines[0].rstrip() != "---":
        raise broken(label, "It must start with front matter: a line of --- above title and summary.", 1)
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return index
    raise broken(label, "The front matter has no closing line of ---.", 1)


def front_matter(source, label, known):
    """The keys and values, each checked with its line: known, once, a text, a number (order), on or off (reactions)."""
    meta = {}
    for key, node in pairs(source, label):
        line = key.start_mark.line + 2
        if key.value not in known:
            raise broken(label, f"Unknown key '{key.value}'; known are {', '.join(known)}.", line)
        if key.value in meta:
            raise broken(label, f"The key '{key.value}' is there twice.", line)
        meta[key.value] = value(key.value, node, label, line)
    return meta


def pairs(source, label):
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise bad_yaml(error, label) from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise broken(label, "The front matter must be lines of `key: value`.", node.start_mark.line + 2)
    return node.value


def bad_yaml(error, label):
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return broken(label, f"The front matter is no YAML: {problem}.", mark.line + 2 if mark else None)


def value(key, node, label, line):
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
        raise broken(label, f"The {key} must be a text.", line)
    if key == "reactions":
        return switch(key, node.value.strip(), label, line)
    if key != "order":
        return node.value.strip()
    if not node.tag.endswith(":int"):
        raise broken(label, f"The order must be a whole number, not '{node.value}'.", line)
    return yaml.SafeLoader("").construct_yaml_int(node)


def switch(key, text, label, line):
    if text not in ("on", "off"):
        raise broken(label, f"The {key} must be on or off, not '{text}'.", line)
    return text == "on"
